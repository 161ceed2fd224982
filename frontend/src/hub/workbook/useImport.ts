/** The workbook that waits: uploaded, looked at again after a reload (`?id=`), confirmed or put away. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { api, call } from "@/api/client";
import { asForm } from "@/api/form";
import { useLanguage } from "@/i18n";
import type { Preview } from "./types";

const waiting = (id: number) => ({ params: { path: { upload_id: id } } });

export function useImport() {
  const [search, setSearch] = useSearchParams();
  const cache = useQueryClient();
  const language = useLanguage();
  const id = Number(search.get("id")) || 0;
  const options = api.queryOptions("get", "/api/imports/{upload_id}", waiting(id));
  const preview = api.useQuery("get", "/api/imports/{upload_id}", waiting(id), {
    enabled: id > 0,
    retry: false,
    staleTime: 60_000,
  });
  const { refetch } = preview;
  // The server words what it found: another language, other words.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language is the reason
  useEffect(() => {
    if (id > 0 && preview.data?.state !== "confirmed") refetch();
  }, [language]);

  const remember = (data: Preview) =>
    cache.setQueryData(api.queryOptions("get", "/api/imports/{upload_id}", waiting(data.id)).queryKey, data);
  const upload = useMutation({
    mutationFn: async (file: File) => (await call.POST("/api/imports", asForm({ file }))).data as Preview,
    onSuccess: (data) => {
      remember(data);
      setSearch({ id: String(data.id) }, { replace: true });
    },
  });
  const confirm = api.useMutation("post", "/api/imports/{upload_id}/confirm", {
    onSuccess: (data) => {
      remember(data);
      // All that may show the week is old now; this preview itself is over.
      const mine = JSON.stringify(options.queryKey);
      if (data.state === "confirmed")
        void cache.invalidateQueries({ predicate: (query) => JSON.stringify(query.queryKey) !== mine });
    },
  });
  const putAway = () => {
    upload.reset();
    confirm.reset();
    setSearch({}, { replace: true });
  };
  return { id, preview, upload, confirm: () => confirm.mutate(waiting(id)), confirming: confirm, putAway };
}
