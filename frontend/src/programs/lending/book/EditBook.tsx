/** A title set right, and its cover. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "@/api/client";
import { asForm } from "@/api/form";
import { useText } from "@/i18n";
import { notifyDone, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { type About, BookFields, nothing } from "../BookFields";
import { PhotoField } from "../PhotoField";
import type { Book } from "../types";

const aboutOf = (book: Book): About =>
  Object.fromEntries(Object.keys(nothing).map((name) => [name, book[name as keyof About]])) as About;

export function EditBook({ book, onClose }: { book: Book; onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const cache = useQueryClient();
  useFocusBack();
  const [about, setAbout] = useState(aboutOf(book));
  const [photo, setPhoto] = useState<File>();
  const save = useMutation({
    mutationFn: async () => {
      const params = { path: { title_id: book.id } };
      await call.PUT("/api/books/{title_id}/about", { params, body: about });
      if (photo) await call.POST("/api/books/{title_id}/cover", { params, ...asForm({ photo }) });
    },
    onSuccess: async () => {
      await cache.invalidateQueries();
      notifyDone(t("book.saved"));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("book.edit")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          <BookFields about={about} onChange={setAbout} />
          <PhotoField label={t("books.photo")} photo={photo} onPhoto={setPhoto} />
          {save.error && (
            <span role="alert" className={rows.error}>
              {words(save.error)}
            </span>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("ui.not_now")}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!about.name.trim()}>
              {t("book.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
