export { returnLimit, tryLimit } from "./limiter";
export { networkOf } from "./network";
export { limitError, takeLimit } from "./take-limit";
