/* A form is sent once: while it is on its way its button shows so, and a second click does nothing.
 *
 * htmx marks its own requests (.htmx-request); this is for forms that load a page. One that answers
 * with a file (data-download) leaves its page as it is, ready for the next. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.hasAttribute("data-download")) return;
  if (form.hasAttribute("data-sent")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("data-sent", "");
  const button = event.submitter ?? form.querySelector("[type=submit]");
  button?.setAttribute("aria-busy", "true");
});

// Back brings the page as it was left: ready to be sent again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    form.removeAttribute("data-sent");
    form.querySelector("[aria-busy=true]")?.removeAttribute("aria-busy");
  }
});
