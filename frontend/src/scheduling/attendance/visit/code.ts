/** As the server writes them: whatever else stands there was not read off a hub's screen. */
const CODE = /^[0-9a-z]+\.[0-9a-z]+\.[0-9a-z]+\.[\w-]{22}$/;

export const isCode = (text: string): boolean => CODE.test(text);

/** The code in what a camera read off the door's screen; undefined for anything else. */
export function codeIn(text: string): string | undefined {
  const [, code = ""] = /^https?:\/\/[^/]+\/in\/([^/?#]+)$/.exec(text.trim()) ?? [];
  return isCode(code) ? code : undefined;
}
