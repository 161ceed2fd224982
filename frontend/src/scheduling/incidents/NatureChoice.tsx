/** Ordinary, or may a child have come to harm: asked first, since everything else follows from it. */
import { Radio, Stack } from "@mantine/core";
import { useText } from "@/i18n";
import type { Nature } from "./types";

const natures: Nature[] = ["ordinary", "suspicion"];

export function NatureChoice({ value, onChange }: { value: Nature; onChange: (nature: Nature) => void }) {
  const t = useText();
  return (
    <Radio.Group label={t("incident.nature")} value={value} onChange={(chosen) => onChange(chosen as Nature)}>
      <Stack gap="sm" mt="xs">
        {natures.map((nature) => (
          <Radio
            key={nature}
            value={nature}
            label={t(`incident.${nature}`)}
            description={t(`incident.${nature}_hint`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
