// A figure whose canvas is one table.

const render = ({ model, el }) => matrix(model, el);

export default { render };
