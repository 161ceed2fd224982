/** A link from a message: when can I come in that week? Nobody signs in. */
import { Button, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { BarePage, EmptyState, Loaded, useDates } from "@/ui";
import { Question } from "./Question";

export default function RoundLinkPage() {
  const t = useText();
  const dates = useDates();
  const cache = useQueryClient();
  const { token = "" } = useParams();
  const path = { params: { path: { token } } };
  const page = api.useQuery("get", "/api/round-links/{token}", path);
  const say = api.useMutation("post", "/api/round-links/{token}", {
    onSuccess: (answered) => cache.setQueryData(["get", "/api/round-links/{token}", path], answered),
  });
  const error: unknown = page.error;
  return (
    <BarePage title={t("your_week.page")} named>
      {error instanceof Refusal && !page.data ? (
        <EmptyState title={t("your_week.unknown")} order={1} action={<Home />}>
          {t("your_week.unknown_hint")}
        </EmptyState>
      ) : (
        <Loaded query={page}>
          {({ name, week, answer, known, same, over }) => (
            <>
              <div>
                <Title order={1}>{t("your_week.question", { name, week: dates.week(week) })}</Title>
                <Text c="dimmed">{over ? t("your_week.over") : t("your_week.hint")}</Text>
              </div>
              {!over && (
                <Question
                  week={week}
                  answer={answer}
                  known={known}
                  same={same}
                  busy={say.isPending}
                  error={say.error}
                  onAnswer={(body) => say.mutateAsync({ ...path, body })}
                />
              )}
              <Home />
            </>
          )}
        </Loaded>
      )}
    </BarePage>
  );
}

function Home() {
  const t = useText();
  return (
    <Button component={Link} to="/" variant="subtle">
      {t("your_week.sign_in")}
    </Button>
  );
}
