package import Index
package import Matcher

extension PatientImage {
    /// The facility's own id of a row.
    package func id(of row: RowPlace) -> String {
        var text = UnpackedText()
        readID(of: row, into: &text)
        return text.string
    }

    /// The folded name of a row; empty when absent.
    package func name(of row: RowPlace) -> String {
        var text = UnpackedText()
        readName(of: texts(of: row), into: &text)
        return text.string
    }

    /// The ABHA address of a row; empty when absent.
    package func address(of row: RowPlace) -> String {
        var text = UnpackedText()
        let texts = texts(of: row)
        readAddressName(of: texts, into: &text)
        return ABHAAddressParts(name: text.bytes, domain: texts.addressDomain).text
    }
}
