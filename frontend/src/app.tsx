/** Providers, routes and the gate in front of them. */
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Suspense } from "react";
import { BrowserRouter, Navigate, Route, Routes, useLocation } from "react-router";
import { api } from "./api/client";
import { startAnew, useGrant, useMe } from "./api/me";
import { Refusal } from "./api/refusal";
import { i18n, useText } from "./i18n";
import { live } from "./live";
import { allows, type LivePage, routes } from "./routes";
import { Boundary } from "./ui/Boundary";
import { Notices } from "./ui/Notices";
import { Shell, Waiting } from "./ui/shell/Shell";
import { useMenu } from "./ui/shell/useMenu";
import { EmptyState, ErrorState, NoPermission } from "./ui/states";
import { resolveVariables, theme } from "./ui/theme";

/** A refusal is an answer: asking again gives the same. Only a broken network is worth a second try. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // Offline is said at once instead of waiting in silence; it mends itself when the network is back.
      networkMode: "always",
      refetchOnReconnect: true,
      retry: (count, error) => count < 2 && !(error instanceof Refusal && error.status >= 400 && error.status < 500),
    },
    mutations: { networkMode: "always" },
  },
});

/** Another tab signed out or became somebody else: nothing here is theirs to see. The gate then leads to the sign-in. */
live.onSignedOut = async () => {
  await startAnew(queries);
  const me = await queries.fetchQuery(api.queryOptions("get", "/api/me", {})).catch(() => undefined);
  if (!me || me.person) live.restart();
};

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <Pages />
          </BrowserRouter>
          <Notices />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}

function Pages() {
  const bare = routes.filter((route) => route.bare);
  const framed = routes.filter((route) => !route.bare);
  return (
    <Boundary>
      <Suspense fallback={<Waiting />}>
        <Routes>
          {bare.map(asRoute)}
          <Route element={<Shell />}>
            <Route index element={<FirstPage />} />
            {framed.map(asRoute)}
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </Suspense>
    </Boundary>
  );
}

const asRoute = (page: LivePage) => (
  <Route
    key={page.path}
    path={page.path}
    element={
      <Gate page={page}>
        <page.Component />
      </Gate>
    }
  />
);

function isSignedOut(me: ReturnType<typeof useMe>): boolean {
  return (me.error instanceof Refusal && me.error.status === 401) || (me.data !== undefined && !me.data.person);
}

/** The server decides; the gate only spares a visitor a page full of refusals. */
function Gate({ page, children }: { page: LivePage; children: React.ReactNode }) {
  const me = useMe();
  const role = useGrant()?.role;
  const { pathname, search } = useLocation();
  if (page.roles === "anyone") return children;
  if (isSignedOut(me)) {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  if (me.error && !me.data) return <ErrorState error={me.error} onRetry={me.refetch} />;
  if (!me.data) return <Waiting />;
  return allows(page, role) ? children : <NoPermission />;
}

/** "/" is whatever the role looks at first. */
function FirstPage() {
  const t = useText();
  const me = useMe();
  const first = useMenu().main[0];
  if (isSignedOut(me)) return <Navigate to="/sign-in" replace />;
  if (me.error && !me.data) return <ErrorState error={me.error} onRetry={me.refetch} />;
  if (!me.data) return <Waiting />;
  if (first) return <Navigate to={first.route.path} replace />;
  return (
    <EmptyState order={1} title={t("ui.nothing_for_role")}>
      {t("ui.nothing_for_role_hint")}
    </EmptyState>
  );
}

function NotFound() {
  const t = useText();
  return (
    <EmptyState picture="snail" order={1} title={t("ui.not_found")}>
      {t("ui.not_found_hint")}
    </EmptyState>
  );
}
