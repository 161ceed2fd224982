/** The door's code, made by the tablet itself with its own key: it changes in time without a network too. */
import type { Sheet } from "../types";

export const PERIOD = 30_000;

export async function doorAddress(sheet: Sheet, at: number): Promise<string> {
  const parts = [sheet.hub.id, sheet.device, Math.floor(at / PERIOD)];
  const message = parts.map((number) => number.toString(36)).join(".");
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey(
    "raw",
    encoder.encode(sheet.door_key),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(message))).slice(0, 16);
  const signature = btoa(String.fromCharCode(...digest))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");
  return `${sheet.door}${message}.${signature}`;
}
