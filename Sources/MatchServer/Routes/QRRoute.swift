internal import ABDM
internal import CMicroHTTPD
internal import QR

/// The code that a desk asks for.
struct QRRequest {
    let code: FacilityQR
    let format: QRFormat

    /// Reads the query of `GET /v1/facilities/{hip}/qr`.
    ///
    /// - Throws: `MessageError`, naming the parameter at fault.
    init(facility: String, query: String, network: FacilityQR.Network) throws(MessageError) {
        let parameters = try QueryParameters(query, names: ["counter", "format", "form"])
        format = try parameters.choice("format", among: QRFormat.self) ?? .svg
        let form = try parameters.choice("form", among: FacilityQR.Form.self) ?? .v3
        do throws(FacilityQRError) {
            code = try FacilityQR(
                facility: facility, counter: parameters["counter"], form: form, network: network)
        } catch {
            throw MessageError("query parameter", error.description)
        }
    }
}

extension Worker {
    /// `GET /v1/facilities/{hip}/qr`: what patients scan at a counter.
    func answerQR(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        guard let conversation = shared.conversation, let target = record.conversation,
            let facility = target.name
        else { return unsafe send(.unknownPath, record, connection) }
        guard conversation.facilities.permits(facility.utf8.span) else {
            return unsafe sendJSON(
                errorObject(code: 3404, message: "there is no such facility"), status: 404, record,
                connection)
        }
        let isProduction = conversation.configuration.isProduction
        let request: QRRequest
        do throws(MessageError) {
            request = try QRRequest(
                facility: facility, query: target.query,
                network: isProduction ? .production : .sandbox)
        } catch {
            return unsafe sendError(400, error.message, record, connection)
        }
        guard let drawn = try? request.code.draw(as: request.format) else {
            // The longest text that is let through fits a code.
            return unsafe send(.outOfMemory, record, connection)
        }
        return unsafe send(drawn.span, type: request.format.contentType, record, connection)
    }
}
