/** What a link opens, or why it opens nothing: expired, or never there, said alike to people and to those who guess. */
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { EmptyState, Loaded } from "@/ui";

interface Props<Data> {
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  /** Where the catalog words it: `link.expired`. */
  words?: string;
  children: (data: Data) => React.ReactNode;
}

export function Opened<Data>({ query, words = "link", children }: Props<Data>) {
  const t = useText();
  const { data, error } = query;
  if (data !== undefined || !(error instanceof Refusal)) return <Loaded query={query}>{children}</Loaded>;
  const which = error.code === "link_expired" ? "expired" : error.code === "too_many" ? "too_many" : "unknown";
  return (
    <EmptyState
      order={1}
      title={t(`${words}.${which}`)}
      action={
        <Button component={Link} to="/" variant="default">
          {t(`${words}.sign_in`)}
        </Button>
      }
    >
      {t(`${words}.${which}_hint`)}
    </EmptyState>
  );
}
