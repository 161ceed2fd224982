import { api } from "@/api/client";

/** What is closed: in a week, or from now on where none is said; at a site, or at all of one's own. */
export const useClosures = (of: { week?: string; hub?: number | undefined }) =>
  api.useQuery("get", "/api/closures", { params: { query: of } }, { meta: { live: ["closure"] } });
