/**
 * What the door's code opens, in WeChat's browser or any other: signed in when a shift begins, signed out when it ends.
 * The code lasts for a minute, so it is handed in first; whoever must sign in by phone then comes back to /in.
 */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Link, Navigate, useNavigate, useParams } from "react-router";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { Refusal } from "@/api/refusal";
import { hasText, useText } from "@/i18n";
import { BarePage, EmptyState, ErrorState, Skeleton } from "@/ui";
import { isCode } from "./code";
import { Pass } from "./Pass";
import { Scan } from "./Scan";

export default function VisitPage() {
  const t = useText();
  const { code } = useParams();
  return (
    <BarePage title={t("visit.title")} named>
      {code === undefined ? <Inside /> : isCode(code) ? <Open code={code} /> : <Refused code="qr_unknown" />}
    </BarePage>
  );
}

function Open({ code }: { code: string }) {
  const navigate = useNavigate();
  const handed = useRef(false);
  const open = api.useMutation("post", "/api/attendance/visit", {
    onSuccess: () => navigate("/in", { replace: true }),
  });
  const { mutate, error } = open;
  useEffect(() => {
    if (handed.current) return;
    handed.current = true;
    mutate({ body: { token: code } });
  }, [mutate, code]);
  if (!error) return <Skeleton />;
  return <Problem error={error} onRetry={() => mutate({ body: { token: code } })} />;
}

function Inside() {
  const me = useMe();
  if (me.error && !me.data) return <ErrorState error={me.error} onRetry={me.refetch} />;
  if (!me.data) return <Skeleton />;
  if (!me.data.person) return <Navigate to="/sign-in?next=%2Fin" replace />;
  return <Pass refused={(error, retry) => <Problem error={error} onRetry={retry} />} />;
}

function Problem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const code = error instanceof Refusal ? (error.code === "role_missing" ? "not_a_volunteer" : error.code) : "";
  if (code === "visit_over") return <Scan />;
  return hasText(`visit.${code}_hint`) ? <Refused code={code} /> : <ErrorState error={error} onRetry={onRetry} />;
}

function Refused({ code }: { code: string }) {
  const t = useText();
  return (
    <EmptyState
      order={1}
      picture="door"
      title={t(`visit.${code}`)}
      action={
        <Button component={Link} to="/" variant="default">
          {t("visit.home")}
        </Button>
      }
    >
      {t(`visit.${code}_hint`)}
    </EmptyState>
  );
}
