/** Photos from a phone: chosen together, each confirmed to show none of the children who are to be on none, sent one by
 * one. */
import { Button, Checkbox, FileButton, Group } from "@mantine/core";
import { useEffect, useState } from "react";
import { call } from "@/api/client";
import { asForm } from "@/api/form";
import { useText } from "@/i18n";
import { Icon, notifyDone, ProgressBar, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "../files.module.css";
import type { FileOut, Put } from "../types";

interface Chosen {
  id: string;
  photo: File;
  /** Of these children: once others are named it is to be looked at again. */
  freeOf: string;
}

interface Props {
  file: FileOut;
  names: string;
  put: Put;
}

export function AddPhotos({ file, names, put }: Props) {
  const t = useText();
  const words = useErrorText();
  const [chosen, setChosen] = useState<Chosen[]>([]);
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);

  const take = (photos: File[]) =>
    setChosen(photos.map((photo, index) => ({ id: `${index} ${photo.name}`, photo, freeOf: "" })));
  const free = (id: string, is: boolean) =>
    setChosen(chosen.map((one) => (one.id === id ? { ...one, freeOf: is ? names : "" } : one)));
  const leaveOut = (id: string) => setChosen(chosen.filter((one) => one.id !== id));

  const send = async () => {
    setError(null);
    let done = 0;
    try {
      for (const one of chosen) {
        setSent(done);
        const { data } = await call.POST("/api/files/sessions/{session_id}/photos", {
          params: { path: { session_id: file.session.id } },
          ...asForm({ photo: one.photo, not_shown: file.no_photo.map((child) => child.id).join(",") }),
        });
        if (data) put(data);
        done += 1;
      }
      notifyDone(t("file.added", { count: done }));
    } catch (fault) {
      setError(fault);
    }
    setSent(null);
    setChosen(chosen.slice(done));
  };

  return (
    <div className={styles.fields}>
      {chosen.length > 0 && (
        <ul className={styles.photos}>
          {chosen.map((one, index) => (
            <li key={one.id} className={styles.photo}>
              <Preview file={one.photo} alt={t("file.chosen_alt", { number: index + 1 })} />
              {names && (
                <Checkbox
                  label={t("file.without_them", { names })}
                  checked={one.freeOf === names}
                  disabled={sent !== null}
                  onChange={(event) => free(one.id, event.currentTarget.checked)}
                />
              )}
              <Button variant="subtle" onClick={() => leaveOut(one.id)} disabled={sent !== null}>
                {t("file.leave_out")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error !== null && (
        <span role="alert" className={rows.error}>
          {words(error)}
        </span>
      )}
      {sent !== null && (
        <ProgressBar
          label={t("file.sending", { number: sent + 1, count: chosen.length })}
          value={sent / chosen.length}
        />
      )}
      <Group gap="sm">
        <FileButton multiple accept="image/jpeg,image/png,image/webp" onChange={take}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<Icon name="camera" />} disabled={sent !== null}>
              {t(chosen.length > 0 ? "file.choose_again" : "file.choose_photos")}
            </Button>
          )}
        </FileButton>
        {chosen.length > 0 && (
          <Button onClick={send} loading={sent !== null} disabled={!chosen.every((one) => one.freeOf === names)}>
            {t("file.send", { count: chosen.length })}
          </Button>
        )}
      </Group>
    </div>
  );
}

function Preview({ file, alt }: { file: File; alt: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return <img src={address} alt={alt} />;
}
