export type Facts = Record<string, string | number | boolean | null>;

/** What the server said no with: a code to word, and the facts that the sentence needs. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly facts: Facts = {},
  ) {
    super(code);
    this.name = "Refusal";
  }
}

const byStatus: Record<number, string> = {
  401: "sign_in_first",
  403: "not_allowed",
  404: "not_found",
  409: "conflict",
  413: "too_large",
  422: "invalid",
  429: "too_many",
};

export const unreachable = (): Refusal => new Refusal(0, "unreachable");

export async function refusalOf(response: Response): Promise<Refusal> {
  const fallback = byStatus[response.status] ?? "server_failed";
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (typeof body !== "object" || body === null || !("code" in body)) return new Refusal(response.status, fallback);
  const { code, facts } = body as { code: unknown; facts?: Facts };
  return new Refusal(response.status, typeof code === "string" ? code : fallback, facts ?? {});
}
