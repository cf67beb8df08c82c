/* Dialogs open and close by command/commandfor, without script; this is for browsers before that. */
const KNOWS_COMMANDS = "command" in HTMLButtonElement.prototype;

function obey(event) {
  const button = event.target.closest?.("button[commandfor]");
  const dialog = button && document.getElementById(button.getAttribute("commandfor"));
  if (!dialog) return;
  if (button.getAttribute("command") === "show-modal") dialog.showModal();
  if (button.getAttribute("command") === "close") dialog.close();
}

if (!KNOWS_COMMANDS) document.addEventListener("click", obey);
