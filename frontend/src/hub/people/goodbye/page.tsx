/** Said once to who had themselves erased. */
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useText } from "@/i18n";
import { BarePage, EmptyState } from "@/ui";

export default function GoodbyePage() {
  const t = useText();
  return (
    <BarePage title={t("goodbye.title")} named>
      <EmptyState
        order={1}
        picture="door"
        title={t("goodbye.title")}
        action={
          <Button component={Link} to="/sign-in" variant="default">
            {t("goodbye.sign_in")}
          </Button>
        }
      >
        {t("goodbye.hint")}
      </EmptyState>
    </BarePage>
  );
}
