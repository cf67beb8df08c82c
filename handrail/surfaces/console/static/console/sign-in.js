/* Is this browser signed in after all? The session's cookie is SameSite=Strict, so who follows a
 * link from elsewhere (a mail) looks signed out on the first page; our own request carries it. */
const form = document.querySelector("form[data-signed-in-at]");
const answer = await fetch(form.dataset.signedInAt, { credentials: "same-origin" });
const { signed_in: isSignedIn } = await answer.json();
if (isSignedIn) {
  const wanted = new URLSearchParams(location.search).get("next") ?? "";
  const isOurs = wanted.startsWith("/console/");
  location.replace(isOurs ? wanted : form.dataset.home);
}
