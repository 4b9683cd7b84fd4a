import JSON
import TestSupport

/// Holds a JSON value against a schema, as far as the interface's description goes: types, members that
/// are required or not named at all, lists of values, ranges.
struct DescribedValue {
    let schemas: JSONTree

    /// What is wrong, by place; empty where the value is what the schema says.
    func faults(of value: JSONTree, by schema: JSONTree, at place: String) -> [String] {
        if let reference = schema["$ref"]?.text {
            // `#/components/schemas/Name`, and from there on into it.
            let path = reference.split(separator: "/").dropFirst(3)
            let named = path.reduce(schemas as JSONTree?) { $0?[String($1)] }
            guard let named else { return ["\(place): \(reference) is not described"] }
            return faults(of: value, by: named, at: place)
        }
        if let parts = schema["allOf"]?.elements {
            return parts.flatMap { faults(of: value, by: $0, at: place) }
        }
        guard isOfType(value, schema["type"]) else { return ["\(place): another type"] }
        if let choices = schema["enum"]?.elements, !choices.contains(value) {
            return ["\(place): none of the values"]
        }
        if let least = schema["minimum"]?.number, let number = value.number, number < least {
            return ["\(place): too small"]
        }
        if let most = schema["maximum"]?.number, let number = value.number, number > most {
            return ["\(place): too large"]
        }
        if let elements = value.elements, let items = schema["items"] {
            return elements.flatMap { faults(of: $0, by: items, at: place + "[]") }
        }
        guard let members = value.members, let properties = schema["properties"] else { return [] }
        let missing = (schema["required"]?.elements ?? []).compactMap(\.text)
            .filter { members[$0] == nil }.map { "\(place).\($0): missing" }
        return missing
            + members.sorted { $0.key < $1.key }.flatMap { name, member in
                guard let described = properties[name] else {
                    return ["\(place).\(name): not described"]
                }
                return faults(of: member, by: described, at: "\(place).\(name)")
            }
    }

    private func isOfType(_ value: JSONTree, _ type: JSONTree?) -> Bool {
        guard let type else { return true }
        let names = type.elements?.compactMap(\.text) ?? [type.text ?? ""]
        return switch value {
        case .object: names.contains("object")
        case .array: names.contains("array")
        case .string: names.contains("string")
        case .integer: names.contains("integer")
        case .null: names.contains("null")
        default: names.contains("boolean")
        }
    }
}
