/** What a message's link opens: a question that one tap answers, and nobody signs in. */
import { Button, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { useText } from "@/i18n";
import { BarePage } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Opened } from "./Opened";

interface Props<Data> {
  title: string;
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  say: (data: Data) => { question: string; hint: string; answered: boolean };
  children: (data: Data) => React.ReactNode;
}

export function AnswerPage<Data>({ title, query, say, children }: Props<Data>) {
  const t = useText();
  return (
    <BarePage title={title} named>
      <Opened query={query}>
        {(data) => {
          const { question, hint, answered } = say(data);
          return (
            <>
              <div>
                <Title order={1}>{question}</Title>
                <Text c="dimmed">{hint}</Text>
              </div>
              <section className={rows.next} data-answered={answered || undefined}>
                {children(data)}
              </section>
              <Button component={Link} to="/" variant="subtle">
                {t("link.sign_in")}
              </Button>
            </>
          );
        }}
      </Opened>
    </BarePage>
  );
}
