// The one drawing engine of the kit: what figure.js needs of Vega and Vega-Lite, nothing else.
export { View, parse, Error as Silent } from "vega";
export { compile } from "vega-lite";
