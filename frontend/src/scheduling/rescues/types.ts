import type { components } from "@/api/schema";

export type WaysOut = components["schemas"]["WaysOutOut"];
export type Way = components["schemas"]["WayOut"];
export type Option = components["schemas"]["WayOption"];
export type Outcome = components["schemas"]["WayOutcome"];
export type Touched = components["schemas"]["WhoIsTouched"];
export type Wish = components["schemas"]["WayIn"];
