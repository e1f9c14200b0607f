export type Tone = "healthy" | "attention" | "failing" | "waiting" | "neutral";
