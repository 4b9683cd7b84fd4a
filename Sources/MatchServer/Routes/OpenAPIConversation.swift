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
    "/v1/counters/{code}/profiles/stream": {
      "get": {
        "operationId": "profileStream",
        "summary": "The queue of a counter as it changes, as server-sent events.",
        "description": "Begins with today's queue, or behind Last-Event-ID, and goes on until either side ends it. Each event has an id, a type (profile: it came, or came again; registered: it was given to a record) and as data the JSON object of the list; of one whose patient left ABDM (left) the data holds the id alone. A comment comes where nothing else does for a while. A stream that ends is to be asked for again with the last id; when the server goes down, each ends.",
        "parameters": [
          {"name": "code", "in": "path", "required": true, "schema": {"type": "string"}},
          {"name": "X-HIP-ID", "in": "header", "schema": {"type": "string"}, "description": "One of the configured facilities; required unless hip names it."},
          {"name": "hip", "in": "query", "schema": {"type": "string"}, "description": "The same, for the EventSource of a browser, which sends no such header; where both are there they must not differ."},
          {"name": "Last-Event-ID", "in": "header", "schema": {"type": "integer"}, "description": "The last event that was seen."}
        ],
        "responses": {
          "200": {"description": "The stream.", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
          "400": {"$ref": "#/components/responses/BadRequest"},
          "405": {"$ref": "#/components/responses/MethodNotAllowed"},
          "503": {"$ref": "#/components/responses/Unavailable"}
        }
      },
      "head": {
        "operationId": "profileStreamHead",
        "summary": "The same without the body.",
        "parameters": [{"name": "code", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "There is a stream."}, "400": {"description": "A header or a parameter was refused."}}
      }
    },
    "/v1/care-contexts": {
      "post": {
        "operationId": "careContexts",
        "summary": "Takes in what the facility wrote down, to be linked by itself where the patient's address is known.",
        "parameters": [{"name": "X-HIP-ID", "in": "header", "required": true, "schema": {"type": "string"}}],
        "requestBody": {
          "required": true,
          "description": "One care context, or a list of them: patientId, reference, display, hiType, date (the day it is about) and mobile (the patient's, where no table has the patient yet). A patient without an ABHA address is told of it by a short message of ABDM, at most once in 30 days.",
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
    "/v1/profiles/{id}/auth": {
      "get": {
        "operationId": "authentication",
        "summary": "Where the authentication of a profile's person stands.",
        "parameters": [
          {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
          {"name": "X-HIP-ID", "in": "header", "required": true, "schema": {"type": "string"}}
        ],
        "responses": {
          "200": {"description": "The last one that was begun.", "content": {"application/json": {"schema": {"type": "object", "required": ["state"], "properties": {"id": {"type": "string"}, "state": {"enum": ["asked", "choosing", "codeAwaited", "approvalAwaited", "granted", "refused"]}, "mode": {"type": ["string", "null"]}, "modes": {"type": "array", "items": {"type": "string"}}, "hint": {"type": ["string", "null"]}, "expires": {"type": "string"}, "problem": {"type": ["integer", "null"], "description": "ABDM's code of the last refusal."}, "message": {"type": ["string", "null"], "description": "What it means."}}}}}},
          "400": {"$ref": "#/components/responses/BadRequest"},
          "404": {"$ref": "#/components/responses/NotFound"},
          "405": {"$ref": "#/components/responses/MethodNotAllowed"},
          "503": {"$ref": "#/components/responses/Unavailable"}
        }
      },
      "head": {
        "operationId": "authenticationHead",
        "summary": "The same without the body.",
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "As for GET."}, "404": {"description": "There is no such profile, or nobody has begun one."}}
      },
      "post": {
        "operationId": "authenticate",
        "summary": "Has ABDM authenticate the person of a shared or scanned profile, for a linking token.",
        "description": "An empty object asks which modes there are; mode begins by one of them, anew if need be; otp hands over the code that the person got and said. v3 has DEMOGRAPHICS only, and no question. ABDM answers later: see GET.",
        "parameters": [
          {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
          {"name": "X-HIP-ID", "in": "header", "required": true, "schema": {"type": "string"}}
        ],
        "requestBody": {
          "required": true,
          "content": {"application/json": {"schema": {"type": "object", "properties": {"mode": {"enum": ["DEMOGRAPHICS", "MOBILE_OTP", "AADHAAR_OTP", "DIRECT"]}, "otp": {"type": "string"}}}}}
        },
        "responses": {
          "202": {"description": "ABDM is asked; as for GET.", "content": {"application/json": {"schema": {"type": "object"}}}},
          "400": {"$ref": "#/components/responses/BadRequest"},
          "404": {"$ref": "#/components/responses/NotFound"},
          "405": {"$ref": "#/components/responses/MethodNotAllowed"},
          "409": {"description": "The facility's protocol has no such mode, or no code is awaited.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}}},
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
          "413": {"$ref": "#/components/responses/TooLarge"},
          "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
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
