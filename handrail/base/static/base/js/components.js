/* Which components have behaviour? Each module works by delegation or as a custom element, so that
 * what htmx puts into the page later works without being told. */
import "./character-count.js";
import "./composer.js";
import "./connection.js";
import "./copy.js";
import "./details.js";
import "./dialog.js";
import "./email-chips.js";
import "./insert.js";
import "./lightbox.js";
import "./menu.js";
import "./morph.js";
import "./picker.js";
import "./prose.js";
import "./shortcut.js";
import "./steady-rows.js";
import "./submit.js";
import "./tabs.js";
import "./theme-choice.js";
import "./toast.js";
