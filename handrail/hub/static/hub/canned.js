/* Canned replies: a slash in an empty message, or the button beside it, opens the picker; what is
 * chosen comes in at the cursor and is a draft like any other.
 *
 * The slash stays where nothing is chosen: somebody may have meant it. While a word is being
 * composed (IME), a slash is part of that. */
import { insert } from "../base/js/insert.js";
import { open } from "../base/js/picker.js";
import { request } from "../base/js/request.js";

const message = () => document.querySelector("main textarea[data-composer]");

document.addEventListener("input", (event) => {
  const isSlash = event.inputType === "insertText" && event.data === "/" && !event.isComposing;
  if (isSlash && event.target === message() && event.target.value === "/") {
    open(document.getElementById("canned-picker"));
  }
});

document.addEventListener("picker:chosen", ({ target, detail }) => {
  if (detail.picker.id !== "canned-picker") return;
  const text = message();
  if (text.value === "/") text.select();
  insert(text, target.querySelector("[data-text]").textContent);
  request("POST", target.dataset.used, { source: detail.picker, swap: "none" });
});
