/** @import { Words } from "./contract.js" */
import { SearchBox } from "./box.js";

/** @type {WeakMap<ParentNode, SearchBox>} */
const boxes = new WeakMap();

/**
 * What Streamlit calls when it mounts the component, and again when what it tells changes.
 *
 * @param {object} component
 * @param {ParentNode} component.parentElement
 * @param {Words} component.data
 * @param {(name: string, value: string) => void} component.setTriggerValue
 * @returns {() => void} What Streamlit calls when it takes the component away.
 */
export default function mount({ parentElement, data, setTriggerValue }) {
  const box = boxes.get(parentElement) ?? new SearchBox(parentElement);
  boxes.set(parentElement, box);
  box.follow(data, (code) => setTriggerValue("chosen", code));
  return () => {
    box.remove();
    boxes.delete(parentElement);
  };
}
