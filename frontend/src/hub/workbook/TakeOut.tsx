/** A week as a workbook of the same form: changed at a desk, it is imported again. */
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Icon, localDay, Section, useDates, WeChatFallback } from "@/ui";

export function TakeOut() {
  const t = useText();
  const dates = useDates();
  const [day, setDay] = useState(() => localDay(new Date()));
  const address = `/api/imports/week?week=${day}`;
  return (
    <Section title={t("import.take_out")}>
      <Text>{t("import.take_out_lead")}</Text>
      <Group gap="sm" align="flex-end">
        <TextInput
          type="date"
          label={t("import.take_out_week")}
          {...(day && { description: dates.week(day) })}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <WeChatFallback address={new URL(address, window.location.origin).href} of={t("import.take_out")}>
          {day === "" ? (
            <Button variant="default" disabled leftSection={<Icon name="download" />}>
              {t("import.take_out_do")}
            </Button>
          ) : (
            <Button component="a" variant="default" href={address} download leftSection={<Icon name="download" />}>
              {t("import.take_out_do")}
            </Button>
          )}
        </WeChatFallback>
      </Group>
      <Text size="sm" c="dimmed">
        {t("import.take_out_care")}
      </Text>
    </Section>
  );
}
