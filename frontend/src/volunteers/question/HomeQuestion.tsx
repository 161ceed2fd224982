/** On the home page: what I am asked about a coming week. Its sentences come with it. */
import { lazy, Suspense } from "react";
import { api } from "@/api/client";
import { loadTexts } from "@/i18n";

const Card = lazy(async () => (await Promise.all([import("./Card"), loadTexts("volunteers/question")]))[0]);

export function HomeQuestion() {
  const asked = api.useQuery("get", "/api/rounds/mine", {}, { meta: { live: ["round"] } });
  const questions = asked.data?.questions ?? [];
  if (questions.length === 0) return null;
  return (
    <Suspense fallback={null}>
      {questions.map((question) => (
        <Card key={question.id} question={question} />
      ))}
    </Suspense>
  );
}
