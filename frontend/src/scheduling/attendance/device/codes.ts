/**
 * Pick-up codes, checked without a network. Six digits are few: each try is made slow, bound to this tablet by a key that
 * no script can read, and after some wrong ones the tablet asks for a person (children.ts).
 */
import type { Family, Sheet } from "../types";

const encode = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const macKey = (raw: BufferSource) =>
  crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
const mac = async (key: CryptoKey, text: string) => hex(await crypto.subtle.sign("HMAC", key, encode(text)));

/** What the tablet is told once, from now on of use to it but not to be read. */
export const keyOfTablet = (told: string): Promise<CryptoKey> => macKey(encode(told));

export async function stretch(code: string, family: Family, rounds: number): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", encode(code), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: encode(family.salt), iterations: rounds };
  return crypto.subtle.deriveBits(how, key, 256);
}

/** The code as stretched, where it is one of the family's; undefined for a wrong one. */
export async function checkCode(
  code: string,
  family: Family,
  sheet: Sheet,
  key: CryptoKey,
): Promise<ArrayBuffer | undefined> {
  const stretched = await stretch(code, family, sheet.rounds);
  return family.codes.includes(await mac(key, `${sheet.day}.${hex(stretched)}`)) ? stretched : undefined;
}

/** Only who heard the code can say this of an event: the server knows by it whose it was. */
export const proofOfCode = async (stretched: ArrayBuffer, uid: string): Promise<string> =>
  mac(await macKey(stretched), uid);
