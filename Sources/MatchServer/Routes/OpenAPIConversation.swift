internal import ABDM

/// The paths of the conversation with ABDM, which a server without one answers 404.
let openAPIConversation =
    CallbackPath.all.map { callback(of: $0) }.joined(separator: ",\n") + ",\n" + openAPIDesk

/// Callbacks differ in their bodies only, which ABDM describes.
private func callback(of path: CallbackPath) -> String {
    let id = path.path.split(separator: "/").joined(separator: "-")
    return """
        "\(path.path)": {
          "post": {
            "operationId": "callback-\(id)",
            "summary": "A callback of ABDM, protocol \(path.version.rawValue).",
            "description": "Only where the server has a conversation with ABDM. The body is ABDM's; the answer follows as a call of our own.",
            "parameters": [
              {"name": "Authorization", "in": "header", "required": true, "schema": {"type": "string"}, "description": "The gateway's token."},
              {"name": "X-HIP-ID", "in": "header", "required": true, "schema": {"type": "string"}, "description": "One of the configured facilities."}
            ],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object"}}}},
            "responses": {
              "202": {"description": "It is written down; a repeat of it is acknowledged and not done again."},
              "400": {"$ref": "#/components/responses/BadRequest"},
              "401": {"description": "The token is missing or not good.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}}},
              "405": {"$ref": "#/components/responses/MethodNotAllowed"},
              "413": {"$ref": "#/components/responses/TooLarge"},
              "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
              "503": {"$ref": "#/components/responses/Unavailable"}
            }
          }
        }
        """
}

/// What a desk and the gateway's monitor ask.
private let openAPIDesk = #"""
    "/v1/facilities/{hip}/qr": {
      "get": {
        "operationId": "qr",
        "summary": "The code that patients scan at a facility, or at one of its counters.",
        "parameters": [
          {"name": "hip", "in": "path", "required": true, "schema": {"type": "string"}, "description": "One of the configured facilities."},
          {"name": "counter", "in": "query", "schema": {"type": "string"}, "description": "What comes back with each scan. v3: 1 to 20 letters and digits; v0.5: up to 256 bytes of text."},
          {"name": "format", "in": "query", "schema": {"enum": ["svg", "png", "terminal"], "default": "svg"}},
          {"name": "form", "in": "query", "schema": {"enum": ["v0.5", "v3"], "default": "v3"}, "description": "v3 is a URL that any camera opens, v0.5 a JSON text for the scanner inside of a PHR app."}
        ],
        "responses": {
          "200": {
            "description": "The drawn code.",
            "content": {
              "image/svg+xml": {"schema": {"type": "string"}},
              "image/png": {},
              "text/plain": {"schema": {"type": "string"}}
            }
          },
          "400": {"$ref": "#/components/responses/BadRequest"},
          "404": {"$ref": "#/components/responses/NotFound"},
          "405": {"$ref": "#/components/responses/MethodNotAllowed"},
          "500": {"$ref": "#/components/responses/Internal"}
        }
      },
      "head": {
        "operationId": "qrHead",
        "summary": "The same without the body.",
        "parameters": [{"name": "hip", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "As for GET."}, "400": {"description": "A parameter was refused."}, "404": {"description": "There is no such facility."}}
      }
    },
    "/v1/counters/{code}/profiles": {
      "get": {
        "operationId": "profiles",
        "summary": "Who stands in the queue of a counter today, and who they are in our records.",
        "parameters": [
          {"name": "code", "in": "path", "required": true, "schema": {"type": "string"}},
          {"name": "X-HIP-ID", "in": "header", "required": true, "schema": {"type": "string"}}
        ],
        "responses": {
          "200": {
            "description": "The profiles, in the order of their numbers.",
            "content": {"application/json": {"schema": {"type": "object", "required": ["profiles"], "properties": {"profiles": {"type": "array", "items": {"type": "object"}}}}}}
          },
          "400": {"$ref": "#/components/responses/BadRequest"},
          "405": {"$ref": "#/components/responses/MethodNotAllowed"},
          "503": {"$ref": "#/components/responses/Unavailable"}
        }
      },
      "head": {
        "operationId": "profilesHead",
        "summary": "The same without the body.",
        "parameters": [{"name": "code", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "There is a queue."}, "400": {"description": "A header was refused."}}
      }
    },
    "/v1/care-contexts": {
      "post": {
        "operationId": "careContexts",
        "summary": "Takes in what the facility wrote down, to be linked by itself where the patient's address is known.",
        "parameters": [{"name": "X-HIP-ID", "in": "header", "required": true, "schema": {"type": "string"}}],
        "requestBody": {
          "required": true,
          "description": "One care context, or a list of them.",
          "content": {"application/json": {"schema": {"type": ["object", "array"], "required": ["patientId", "reference"]}}}
        },
        "responses": {
          "202": {
            "description": "Where each stands: waiting, asked, linked or refused, and in problem why ABDM turned it down last. What is sent again is tried again.",
            "content": {"application/json": {"schema": {"type": "object", "required": ["careContexts"], "properties": {"careContexts": {"type": "array", "items": {"type": "object"}}}}}}
          },
          "400": {"$ref": "#/components/responses/BadRequest"},
          "405": {"$ref": "#/components/responses/MethodNotAllowed"},
          "413": {"$ref": "#/components/responses/TooLarge"},
          "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
          "503": {"$ref": "#/components/responses/Unavailable"}
        }
      }
    },
    "/v1/profiles/{id}/register": {
      "post": {
        "operationId": "register",
        "summary": "Gives a shared profile's address to a record, a new one's or the one that it was found under.",
        "parameters": [
          {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
          {"name": "X-HIP-ID", "in": "header", "required": true, "schema": {"type": "string"}}
        ],
        "requestBody": {
          "required": true,
          "content": {"application/json": {"schema": {"type": "object", "required": ["patientReference"], "properties": {"patientReference": {"type": "string"}, "override": {"type": "string", "description": "The operator who answers for it."}}}}}
        },
        "responses": {
          "200": {"description": "The address is the patient's.", "content": {"application/json": {"schema": {"type": "object"}}}},
          "400": {"$ref": "#/components/responses/BadRequest"},
          "404": {"$ref": "#/components/responses/NotFound"},
          "405": {"$ref": "#/components/responses/MethodNotAllowed"},
          "409": {"description": "The profile does not show to be this record's.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}}},
          "503": {"$ref": "#/components/responses/Unavailable"}
        }
      }
    },
    "/v0.5/heartbeat": {
      "get": {
        "operationId": "heartbeat",
        "summary": "Whether the facilities can be reached.",
        "responses": {
          "200": {
            "description": "Whether patients are loaded.",
            "content": {"application/json": {"schema": {"type": "object", "properties": {"timestamp": {"type": "string"}, "status": {"enum": ["UP", "DOWN"]}, "error": {}}}}}
          },
          "405": {"$ref": "#/components/responses/MethodNotAllowed"}
        }
      },
      "head": {
        "operationId": "heartbeatHead",
        "summary": "The same without the body.",
        "responses": {"200": {"description": "As for GET."}}
      }
    }
    """#
