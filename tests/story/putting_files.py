"""How do people put files into a form without choosing them? Dragged onto it, or pasted."""

from playwright.sync_api import Page

from tests.making import picture

DROP = """(form, files) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of files) dataTransfer.items.add(new File([text], name));
    const options = { bubbles: true, cancelable: true, dataTransfer };
    const textarea = form.querySelector("textarea");
    textarea.dispatchEvent(new DragEvent("dragover", options));
    form.dataset.wasMarked = getComputedStyle(form.querySelector(".drop-over")).display;
    textarea.dispatchEvent(new DragEvent("drop", options));
}"""

PASTE = """(form, { bytes, words }) => {
    const clipboardData = new DataTransfer();
    const image = new File([new Uint8Array(bytes)], "image.png", { type: "image/png" });
    clipboardData.items.add(image);
    if (words) clipboardData.setData("text/plain", words);
    const options = { bubbles: true, cancelable: true, clipboardData };
    return form.querySelector("textarea").dispatchEvent(new ClipboardEvent("paste", options));
}"""


def drop(page: Page, *names: str) -> None:
    """Drags files from the desktop onto the text of the form."""
    files = [{"name": name, "text": "what I saw"} for name in names]
    page.locator("form:has(file-upload)").evaluate(DROP, files)


def paste(page: Page, words: str = "") -> bool:
    """Pastes a screenshot, with the words that it shows if there are some; whether those go in."""
    form = page.locator("form:has(file-upload)")
    return bool(form.evaluate(PASTE, {"bytes": list(picture()), "words": words}))
