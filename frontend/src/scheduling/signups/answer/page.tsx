/** A link from a message: one tap answers, nobody signs in. */
import { Button, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { BarePage, EmptyState, Loaded } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Answer, asksMe } from "../Answer";
import { Company } from "../MyShiftRow";
import { ShiftFacts } from "../ShiftFacts";
import type { MyShift } from "../types";

export default function AnswerPage() {
  const t = useText();
  const { token = "" } = useParams();
  const page = api.useQuery("get", "/api/answers/{token}", { params: { path: { token } } });
  const error: unknown = page.error;
  return (
    <BarePage title={t("answer.title")} named>
      {error instanceof Refusal && !page.data ? (
        <Gone code={error.code} />
      ) : (
        <Loaded query={page}>
          {({ name, shifts }) => (
            <>
              <div>
                <Title order={1}>
                  {shifts.some(asksMe)
                    ? t("answer.question", { name, n: shifts.filter(asksMe).length })
                    : t("answer.all_answered", { name })}
                </Title>
                <Text c="dimmed">{t(shifts.some(asksMe) ? "answer.hint" : "answer.hint_answered")}</Text>
              </div>
              {shifts.map((shift) => (
                <OneShift key={shift.id} token={token} shift={shift} />
              ))}
              <Button component={Link} to="/" variant="subtle">
                {t("answer.sign_in")}
              </Button>
            </>
          )}
        </Loaded>
      )}
    </BarePage>
  );
}

function OneShift({ token, shift }: { token: string; shift: MyShift }) {
  const cache = useQueryClient();
  const path = { params: { path: { token } } };
  const answer = api.useMutation("post", "/api/answers/{token}", {
    onSuccess: (page) => cache.setQueryData(["get", "/api/answers/{token}", path], page),
  });
  return (
    <section className={rows.next} data-answered={!asksMe(shift) || undefined}>
      <ShiftFacts shift={shift} as="full" gone={shift.cancelled || shift.state === "released"} />
      <Company shift={shift} />
      <Answer
        shift={shift}
        busy={answer.isPending}
        error={answer.error}
        onAnswer={(coming, reason) => answer.mutate({ ...path, body: { assignment: shift.id, coming, reason } })}
      />
    </section>
  );
}

/** Expired, or never there: said alike to people and to those who guess. */
function Gone({ code }: { code: string }) {
  const t = useText();
  const which = code === "link_expired" ? "expired" : code === "too_many" ? "too_many" : "unknown";
  return (
    <EmptyState
      title={t(`answer.${which}`)}
      action={
        <Button component={Link} to="/" variant="default">
          {t("answer.sign_in")}
        </Button>
      }
    >
      {t(`answer.${which}_hint`)}
    </EmptyState>
  );
}
