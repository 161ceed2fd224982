import type { components } from "@/api/schema";

export type Feed = components["schemas"]["FeedOut"];
export type NewFeed = components["schemas"]["NewFeed"];
export type Target = components["schemas"]["TargetOut"];
export type Scope = Feed["scope"];
export type Alarm = NonNullable<components["schemas"]["FeedChangeIn"]["alarm"]>;
export type OpenHub = components["schemas"]["OpenHubOut"];
