/* Who ends their chat is asked how it went, below the last line: there they are led. Where it ended while they
 * read further up, nothing moves. */
let isOwnAct = false;

document.addEventListener("chat-changed", () => (isOwnAct = true));

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!isOwnAct || detail.target?.id !== "chat-state") return;
  isOwnAct = false;
  if (document.querySelector("#chat-rating form")) document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight;
});
