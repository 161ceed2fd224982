/** What comes next: the week's workbook, empty or filled. */
import { Button, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { useText } from "@/i18n";
import { WeChatFallback } from "@/ui";

const TEMPLATE = "/api/imports/template";

export function Done() {
  const t = useText();
  return (
    <Stack gap="md">
      <Title order={2}>{t("setup.done")}</Title>
      <Text>{t("setup.done_hint")}</Text>
      <WeChatFallback address={new URL(TEMPLATE, window.location.href).href}>
        <Button component="a" href={TEMPLATE} variant="default">
          {t("setup.template")}
        </Button>
      </WeChatFallback>
      <Button component={Link} to="/import">
        {t("setup.import")}
      </Button>
      <Button component={Link} to="/" variant="subtle">
        {t("setup.look_around")}
      </Button>
    </Stack>
  );
}
