/** A proposal's link: both shifts in sight, one tap answers, nobody signs in. */
import { Button, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { BarePage } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Opened } from "./Opened";
import { SwapAnswer } from "./SwapAnswer";

const address = "/api/swapped/{token}";

export default function SwapPage() {
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
    <BarePage title={t("swap.title")} named>
      <Opened query={page}>
        {({ name, swap }) => (
          <>
            <div>
              <Title order={1}>
                {t(swap.wanted ? "swap.question" : "swap.question_take", { name, other: swap.other })}
              </Title>
              <Text c="dimmed">{t("swap.hint")}</Text>
            </div>
            <section className={rows.next} data-answered={swap.state !== "proposed" || undefined}>
              <SwapAnswer
                swap={swap}
                busy={answer.isPending}
                error={answer.error}
                onAnswer={(agreed) => answer.mutate({ ...path, body: { agreed } })}
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
