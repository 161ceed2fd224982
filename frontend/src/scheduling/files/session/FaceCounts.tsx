/** 满意度: cards held up and counted by staff; beside them what was tapped on a screen, and what families said. */
import { Button, Group, NumberInput } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Face } from "../Face";
import styles from "../files.module.css";
import { type Faces, type FileOut, faceKinds, type Put } from "../types";
import { GoesWithout, Part } from "./Part";

const sumOf = (counts: Faces["cards"]) => faceKinds.reduce((sum, kind) => sum + counts[kind], 0);

export function FaceCounts({ file, put }: { file: FileOut; put: Put }) {
  const t = useText();
  const words = useErrorText();
  const { cards, taps, links } = file.faces;
  const [counts, setCounts] = useState(cards);
  const save = api.useMutation("put", "/api/files/sessions/{session_id}/faces", {
    onSuccess: (faces) => {
      put({ faces });
      notifyDone(t("file.counted"));
    },
  });
  const good = cards.good + taps.good + links.good;
  const all = sumOf(cards) + sumOf(taps) + sumOf(links);
  return (
    <Part title={t("file.section_faces")} there={all > 0 || file.without.faces}>
      <p className={rows.soft}>{t("file.faces_hint")}</p>
      <div className={styles.counts}>
        {faceKinds.map((kind) => (
          <div key={kind} className={styles.count}>
            <Face kind={kind} size="3rem" />
            <NumberInput
              label={t(`file.face_${kind}`)}
              min={0}
              max={999}
              allowDecimal={false}
              allowNegative={false}
              clampBehavior="strict"
              value={counts[kind]}
              onChange={(value) => setCounts({ ...counts, [kind]: Number(value) || 0 })}
            />
          </div>
        ))}
      </div>
      {sumOf(taps) > 0 && <p>{t("file.faces_tapped", taps)}</p>}
      {sumOf(links) > 0 && <p>{t("file.faces_linked", links)}</p>}
      {all > 0 && <p>{t("file.faces_sum", { all, percent: Math.round((good / all) * 100) })}</p>}
      {save.error !== null && (
        <span role="alert" className={rows.error}>
          {words(save.error)}
        </span>
      )}
      <Group gap="sm">
        <Button
          variant="default"
          loading={save.isPending}
          disabled={faceKinds.every((kind) => counts[kind] === cards[kind])}
          onClick={() => save.mutate({ params: { path: { session_id: file.session.id } }, body: counts })}
        >
          {t("file.save_faces")}
        </Button>
        <Button component={Link} to={`/files/taps?session=${file.session.id}`} variant="subtle">
          {t("file.to_taps")}
        </Button>
      </Group>
      {all === 0 && <GoesWithout part="faces" file={file} put={put} />}
    </Part>
  );
}
