import type { YtdColumn } from "./row-model";

/** Which screens a column is on; server and browser both ask. */
export const columnClass = ({ narrow, wider }: Pick<YtdColumn, "narrow" | "wider">) =>
  narrow ? undefined : wider ? "max-xl:hidden" : "max-md:hidden";
