/** The one place that knows allauth's own endpoints (sign-in by a code sent to the phone). */
import { commonHeaders } from "./client";
import { Refusal, unreachable } from "./refusal";

const root = "/_allauth/browser/v1";

interface Answer {
  status: number;
  data?: { flows?: { id: string; is_pending?: boolean }[] };
  meta?: { is_authenticated?: boolean };
  errors?: { code: string; param?: string }[];
}

async function send(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<Answer> {
  const headers = { ...commonHeaders(method), Accept: "application/json", "Content-Type": "application/json" };
  const response = await fetch(root + path, {
    method,
    headers,
    credentials: "same-origin",
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw unreachable();
  });
  const answer = (await response.json().catch(() => ({ status: response.status }))) as Answer;
  const fault = answer.errors?.[0];
  if (fault) throw new Refusal(response.status, `auth_${fault.code}`);
  if (response.status === 429) throw new Refusal(429, "too_many");
  if (response.status === 409) throw new Refusal(409, "auth_expired");
  if (response.status >= 500 || response.status === 403) throw new Refusal(response.status, "server_failed");
  return { ...answer, status: response.status };
}

/** Digits only, whatever was typed between them; the server reads the rest the same way. */
export function plainPhone(typed: string): string {
  const digits = typed.normalize("NFKC").replace(/\D/g, "");
  return digits.startsWith("86") && digits.length > 12 ? digits.slice(2) : digits;
}

/** Twelve digits after 199 are an invented person's: the demo has them. */
export const isPhone = (typed: string): boolean => /^(1[3-9]\d{9}|199\d{9})$/.test(plainPhone(typed));

/** 401 with a pending flow is how allauth says "a code is on its way". */
export async function requestCode(phone: string): Promise<void> {
  await send("POST", "/auth/code/request", { phone: plainPhone(phone) });
}

export async function confirmCode(code: string): Promise<void> {
  const answer = await send("POST", "/auth/code/confirm", { code: code.normalize("NFKC").trim() });
  if (answer.status !== 200) throw new Refusal(answer.status, "auth_expired");
}

export async function isSignedIn(): Promise<boolean> {
  return (await send("GET", "/auth/session")).meta?.is_authenticated === true;
}

/** allauth answers 401 to a successful sign-out: nobody is signed in any more. */
export async function signOut(): Promise<void> {
  await send("DELETE", "/auth/session");
}
