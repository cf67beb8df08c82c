/* Which counter derives a key that begins as the challenge asks? Tries them one after the other. */
const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

async function derive(password, salt, { cost, keyLength }) {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: cost };
  return hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

async function search(parameters) {
  const nonce = bytes(parameters.nonce);
  const salt = bytes(parameters.salt);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const view = new DataView(password.buffer);
  const begun = performance.now();
  for (let counter = 0; counter < 100_000; counter += 1) {
    view.setUint32(nonce.length, counter);
    const derivedKey = await derive(password, salt, parameters);
    if (derivedKey.startsWith(parameters.keyPrefix)) {
      return { counter, derivedKey, time: Math.round(performance.now() - begun) };
    }
  }
  return null;
}

// Without a secure context there is no crypto.subtle, and so no answer.
onmessage = ({ data }) => search(data).then(postMessage, () => postMessage(null));
