/** A call-out's link: one tap answers, nobody signs in. */
import { Button, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ShiftFacts } from "@/scheduling/signups/ShiftFacts";
import { BarePage } from "@/ui";
import rows from "@/ui/rows.module.css";
import { AskAnswer } from "./AskAnswer";
import { Opened } from "./Opened";

const address = "/api/asked/{token}";

export default function AskPage() {
  const t = useText();
  const { token = "" } = useParams();
  const path = { params: { path: { token } } };
  const cache = useQueryClient();
  const page = api.useQuery("get", address, path);
  const answer = api.useMutation("post", address, {
    onSuccess: (data) => cache.setQueryData(["get", address, path], data),
    onError: () => void page.refetch(),
  });
  return (
    <BarePage title={t("ask.card")} named>
      <Opened query={page}>
        {({ name, ask }) => (
          <>
            <div>
              <Title order={1}>{t(ask.state === "silent" ? "ask.question" : "ask.thanks", { name })}</Title>
              <Text c="dimmed">{t(ask.state === "yes" ? "ask.hint_yes" : "ask.hint")}</Text>
            </div>
            <section className={rows.next} data-answered={ask.state !== "silent" || undefined}>
              <ShiftFacts shift={ask} as="full" />
              <AskAnswer
                ask={ask}
                busy={answer.isPending}
                error={answer.error}
                onAnswer={(coming) => answer.mutate({ ...path, body: { coming } })}
              />
            </section>
            <Button component={Link} to="/" variant="subtle">
              {t("link.sign_in")}
            </Button>
          </>
        )}
      </Opened>
    </BarePage>
  );
}
