import type { YtdColumn } from "./row-model";

/** Which columns a narrow screen leaves out: of the head, which the server draws, and of the rows, which the browser does. */
export const columnClass = ({ narrow, wider }: Pick<YtdColumn, "narrow" | "wider">) =>
  narrow ? undefined : wider ? "max-xl:hidden" : "max-md:hidden";
