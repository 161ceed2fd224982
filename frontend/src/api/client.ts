/** The typed client: `api.useQuery("get", "/api/...")` in pages, `call.POST(...)` elsewhere. Failures are Refusals. */
import createFetchClient, { type Middleware } from "openapi-fetch";
import createQueryHooks from "openapi-react-query";
import { acceptLanguage } from "@/i18n/language";
import { refusalOf, unreachable } from "./refusal";
import type { paths } from "./schema";

export function csrfToken(): string {
  return decodeURIComponent(/(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "");
}

export function commonHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = { "Accept-Language": acceptLanguage() };
  if (!["GET", "HEAD"].includes(method)) headers["X-CSRFToken"] = csrfToken();
  return headers;
}

const manners: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(commonHeaders(request.method))) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await refusalOf(response);
    return response;
  },
  onError({ error }) {
    return error instanceof DOMException && error.name === "AbortError" ? error : unreachable();
  },
};

export const call = createFetchClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  // Looked up at each call, so that tests can stand in for the network.
  fetch: (request) => fetch(request),
});
call.use(manners);

export const api = createQueryHooks(call);
