export * from "./audit";
export * from "./benefits";
export * from "./connections";
export * from "./mirror";
export * from "./payroll";
export * from "./people";
export * from "./identity";
export * from "./sync";
