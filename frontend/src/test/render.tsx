/** Renders with what every page stands in; `fetched` answers the calls, by method and path. */
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { vi } from "vitest";
import { i18n } from "@/i18n";
import { resolveVariables, theme } from "@/ui/theme";

export function show(page: React.ReactNode, at = "/") {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const view = render(
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} env="test">
        <QueryClientProvider client={cache}>
          <MemoryRouter initialEntries={[at]}>{page}</MemoryRouter>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>,
  );
  return { ...view, cache };
}

export type Answers = Record<string, { status?: number; body: unknown }>;

/** An answer that never comes. */
export const never = { body: new Promise(() => undefined) };

/** Stands in for the network; returns what was asked, in order. */
export function fetched(answers: Answers): { asked: string[]; bodies: string[] } {
  const log = { asked: [] as string[], bodies: [] as string[] };
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    const request = new Request(new URL(typeof input === "string" ? input : input.url, window.location.origin), {
      method: init?.method ?? (typeof input === "string" ? "GET" : input.method),
    });
    const asked = `${request.method} ${new URL(request.url).pathname}`;
    log.asked.push(asked);
    log.bodies.push(String(init?.body ?? (typeof input === "string" ? "" : await input.text())));
    const answer = answers[asked] ?? { status: 404, body: { code: "not_found", facts: {} } };
    return new Response(JSON.stringify(await answer.body), { status: answer.status ?? 200 });
  });
  return log;
}
