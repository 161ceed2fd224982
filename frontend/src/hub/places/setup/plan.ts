/** What the three steps gather. */
import type { components } from "@/api/schema";

type Wish = components["schemas"]["SetupWish"];

export type Plan = {
  administrator: Wish["administrator"];
  district: Required<Wish["district"]>;
  hub: Required<Wish["hub"]>;
};

export const STEPS = ["administrator", "district", "hub"] as const;

export const empty: Plan = {
  administrator: { name: "", phone: "" },
  district: { name: "", code: "" },
  hub: { name: "", subdistrict: "", community: "", address: "", opening: "" },
};
