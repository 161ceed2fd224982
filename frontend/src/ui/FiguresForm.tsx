/** Figures that the district goes by, as one form. Administrators change them, others read. */
import { Button, Group, NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import { Section } from "./Page";
import { useErrorText } from "./Sentence";

export interface Figure {
  /** Where it stands in what the server sends. */
  path: readonly (string | number)[];
  label: string;
  about?: string;
  least: number;
  most: number;
  /** Below 1 for one that has decimals. */
  step?: number;
  /** The server's units in one that is shown: 60 for hours kept as minutes. */
  per?: number;
}

export interface FigureGroup {
  title: string;
  hint?: string;
  figures: Figure[];
  /** For who may change them. */
  foot?: React.ReactNode;
}

interface Props<Figures> {
  saved: Figures;
  figures: Figures;
  onChange: (figures: Figures) => void;
  groups: FigureGroup[];
  saving: { error: unknown; isPending: boolean };
  onSave: () => void;
  /** Below the groups, for who may change them. */
  children?: React.ReactNode;
}

type Places = Record<string | number, unknown>;

/** NaN for a field that is empty. */
const shown = (figures: object, { path, per = 1 }: Figure): number =>
  (path.reduce<unknown>((place, step) => (place as Places)[step], figures) as number) / per;

function written<Figures extends object>(figures: Figures, { path, step = 1, per = 1 }: Figure, value: number) {
  const copy = structuredClone(figures);
  const place = path.slice(0, -1).reduce((inside, key) => inside[key] as Places, copy as Places);
  place[path.at(-1) as string] = step < 1 ? value : Math.round(value * per);
  return copy;
}

const isWithin = (value: number, { least, most }: Figure) => value >= least && value <= most;

export function FiguresForm<Figures extends object>(props: Props<Figures>) {
  const { saved, figures, onChange, groups, saving, onSave, children } = props;
  const t = useText();
  const words = useErrorText();
  const mayChange = useGrant()?.role === "administrator";
  const whole = groups.every((group) => group.figures.every((one) => isWithin(shown(figures, one), one)));
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        {groups.map(({ title, hint, figures: fields, foot }) => (
          <Section key={title} title={title}>
            {hint && <Text c="dimmed">{hint}</Text>}
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
              {fields.map((one) => {
                const value = shown(figures, one);
                const { label, about, least, most, step = 1 } = one;
                return (
                  <NumberInput
                    key={one.path.join(".")}
                    label={label}
                    description={about}
                    descriptionProps={{ fz: "sm", lh: 1.5 }}
                    inputWrapperOrder={["label", "input", "description", "error"]}
                    value={Number.isNaN(value) ? "" : value}
                    onChange={(typed) =>
                      onChange(written(figures, one, typeof typed === "number" ? typed : Number.NaN))
                    }
                    error={!isWithin(value, one) && t("ui.figure_between", { least, most })}
                    min={least}
                    max={most}
                    clampBehavior="none"
                    step={step}
                    decimalScale={step < 1 ? 2 : 0}
                    readOnly={!mayChange}
                  />
                );
              })}
            </SimpleGrid>
            {mayChange && foot}
          </Section>
        ))}
        {mayChange && children}
        {saving.error !== null && (
          <Text role="alert" c="var(--empty)">
            {words(saving.error)}
          </Text>
        )}
        {mayChange ? (
          <Group justify="flex-end">
            <Button
              type="submit"
              loading={saving.isPending}
              disabled={!whole || JSON.stringify(figures) === JSON.stringify(saved)}
            >
              {t("ui.save")}
            </Button>
          </Group>
        ) : (
          <Text c="dimmed">{t("ui.administrators_change")}</Text>
        )}
      </Stack>
    </form>
  );
}
