/// The paths of the document: each route, method and status; closed behind those of the conversation.
let openAPIPaths = #"""
    {
      "/v1/discover": {
        "post": {
          "operationId": "discover",
          "summary": "Decides on one discover request.",
          "parameters": [
            {"$ref": "#/components/parameters/Explain"},
            {"$ref": "#/components/parameters/Facility"},
            {"$ref": "#/components/parameters/RequestID"}
          ],
          "requestBody": {
            "required": true,
            "description": "A missing Content-Type is taken for application/json.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/DiscoverRequest"}}}
          },
          "responses": {
            "200": {
              "description": "The decision, whatever it is.",
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Decision"}}}
            },
            "400": {"$ref": "#/components/responses/BadRequest"},
            "405": {"$ref": "#/components/responses/MethodNotAllowed"},
            "413": {"$ref": "#/components/responses/TooLarge"},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "500": {"$ref": "#/components/responses/Internal"},
            "503": {"$ref": "#/components/responses/Unavailable"},
            "415": {"$ref": "#/components/responses/UnsupportedMediaType"}
          }
        }
      },
      "/v1/discover/batch": {
        "post": {
          "operationId": "discoverBatch",
          "summary": "Decides on many discover requests, all on one snapshot.",
          "parameters": [
            {"$ref": "#/components/parameters/Explain"},
            {"$ref": "#/components/parameters/Facility"},
            {"$ref": "#/components/parameters/RequestID"}
          ],
          "requestBody": {
            "required": true,
            "description": "One DiscoverRequest a line. Blank lines are skipped. A line that is refused gets an ErrorReply in its place.",
            "content": {
              "application/x-ndjson": {"schema": {"type": "string"}},
              "application/json": {"schema": {"type": "string", "description": "The same lines under the other name."}}
            }
          },
          "responses": {
            "200": {
              "description": "The decisions; they stream while they are made.",
              "content": {
                "application/x-ndjson": {
                  "schema": {
                    "type": "string",
                    "description": "One Decision or ErrorReply a line, in the order of the request's lines."
                  }
                }
              }
            },
            "400": {"$ref": "#/components/responses/BadRequest"},
            "405": {"$ref": "#/components/responses/MethodNotAllowed"},
            "413": {"$ref": "#/components/responses/TooLarge"},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "500": {"$ref": "#/components/responses/Internal"},
            "503": {"$ref": "#/components/responses/Unavailable"},
            "415": {"$ref": "#/components/responses/UnsupportedMediaType"}
          }
        }
      },
      "/v1/search": {
        "post": {
          "operationId": "search",
          "summary": "Finds a facility's records by name: the desk's question who somebody is.",
          "parameters": [{"$ref": "#/components/parameters/Facility"}],
          "requestBody": {
            "required": true,
            "description": "A missing Content-Type is taken for application/json.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/SearchRequest"}}}
          },
          "responses": {
            "200": {
              "description": "The records that agree, the best first.",
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/SearchReply"}}}
            },
            "400": {"$ref": "#/components/responses/BadRequest"},
            "405": {"$ref": "#/components/responses/MethodNotAllowed"},
            "413": {"$ref": "#/components/responses/TooLarge"},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "500": {"$ref": "#/components/responses/Internal"},
            "503": {"$ref": "#/components/responses/Unavailable"},
            "415": {"$ref": "#/components/responses/UnsupportedMediaType"}
          }
        }
      },
      "/v1/scan": {
        "post": {
          "operationId": "scan",
          "summary": "Who the person is whose own QR code, of an ABHA card or app, a desk has scanned.",
          "description": "The code is not signed: what it says is a claim. Where the server has a conversation with ABDM, X-HIP-ID has to be there and the profile is kept for a day, to be registered under its id.",
          "parameters": [{"$ref": "#/components/parameters/Facility"}],
          "requestBody": {
            "required": true,
            "description": "The scanned text as it is, up to 8192 bytes. A missing Content-Type is taken for text/plain.",
            "content": {"text/plain": {"schema": {"type": "string"}}}
          },
          "responses": {
            "200": {
              "description": "What the code says, and whose record it belongs to.",
              "content": {
                "application/json": {
                  "schema": {
                    "type": "object",
                    "required": ["profile", "verdict", "patientReference"],
                    "properties": {
                      "profile": {
                        "type": "object",
                        "required": ["name", "gender", "yearOfBirth", "abhaAddress"],
                        "properties": {
                          "id": {"type": "string", "description": "For /v1/profiles/{id}/register; only with a conversation."},
                          "name": {"type": "string"},
                          "gender": {"type": "string"},
                          "yearOfBirth": {"type": ["integer", "null"]},
                          "monthOfBirth": {"type": "integer"},
                          "dayOfBirth": {"type": "integer"},
                          "abhaAddress": {"type": "string"},
                          "abhaNumber": {"type": ["string", "null"]},
                          "mobile": {"type": ["string", "null"]},
                          "address": {"type": "object"}
                        }
                      },
                      "verdict": {"enum": ["new", "returning"]},
                      "patientReference": {"type": ["string", "null"]},
                      "matchedBy": {"type": "array", "items": {"type": "string"}, "description": "Of a returning person."},
                      "isAmbiguous": {"type": "boolean", "description": "Of a new person: whether several records agree."}
                    }
                  }
                }
              }
            },
            "400": {"$ref": "#/components/responses/BadRequest"},
            "405": {"$ref": "#/components/responses/MethodNotAllowed"},
            "413": {"$ref": "#/components/responses/TooLarge"},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "500": {"$ref": "#/components/responses/Internal"},
            "503": {"$ref": "#/components/responses/Unavailable"}
          }
        }
      },
      "/healthz": {
        "get": {
          "operationId": "healthz",
          "summary": "Whether the process serves.",
          "responses": {
            "200": {
              "description": "It does.",
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Health"}}}
            },
            "400": {"$ref": "#/components/responses/BadRequest"},
            "405": {"$ref": "#/components/responses/MethodNotAllowed"},
            "413": {"$ref": "#/components/responses/TooLarge"},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "500": {"$ref": "#/components/responses/Internal"},
            "503": {"$ref": "#/components/responses/Unavailable"}
          }
        },
        "head": {
          "operationId": "healthzHead",
          "summary": "Whether the process serves. Without the body.",
          "responses": {
            "200": {"description": "It does. Without the body."},
            "400": {"description": "A header was refused."},
            "413": {"description": "The method needs no body."},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "503": {
              "description": "As for GET.",
              "headers": {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
            }
          }
        }
      },
      "/readyz": {
        "get": {
          "operationId": "readyz",
          "summary": "Whether requests are welcome.",
          "responses": {
            "200": {
              "description": "Patients are loaded and the server is not going down.",
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Readiness"}}}
            },
            "400": {"$ref": "#/components/responses/BadRequest"},
            "405": {"$ref": "#/components/responses/MethodNotAllowed"},
            "413": {"$ref": "#/components/responses/TooLarge"},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "500": {"$ref": "#/components/responses/Internal"},
            "503": {"$ref": "#/components/responses/Unavailable"}
          }
        },
        "head": {
          "operationId": "readyzHead",
          "summary": "Whether requests are welcome. Without the body.",
          "responses": {
            "200": {
              "description": "Patients are loaded and the server is not going down. Without the body."
            },
            "400": {"description": "A header was refused."},
            "413": {"description": "The method needs no body."},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "503": {
              "description": "As for GET.",
              "headers": {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
            }
          }
        }
      },
      "/metrics": {
        "get": {
          "operationId": "metrics",
          "summary": "The counters in the Prometheus text format 0.0.4.",
          "responses": {
            "200": {
              "description": "The counters.",
              "content": {"text/plain; version=0.0.4; charset=utf-8": {"schema": {"type": "string"}}}
            },
            "400": {"$ref": "#/components/responses/BadRequest"},
            "405": {"$ref": "#/components/responses/MethodNotAllowed"},
            "413": {"$ref": "#/components/responses/TooLarge"},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "500": {"$ref": "#/components/responses/Internal"},
            "503": {"$ref": "#/components/responses/Unavailable"}
          }
        },
        "head": {
          "operationId": "metricsHead",
          "summary": "The counters in the Prometheus text format 0.0.4. Without the body.",
          "responses": {
            "200": {"description": "The counters. Without the body."},
            "400": {"description": "A header was refused."},
            "413": {"description": "The method needs no body."},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "503": {
              "description": "As for GET.",
              "headers": {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
            }
          }
        }
      },
      "/openapi.json": {
        "get": {
          "operationId": "openapi",
          "summary": "This document.",
          "responses": {
            "200": {
              "description": "This document.",
              "content": {"application/json": {"schema": {"type": "object"}}}
            },
            "400": {"$ref": "#/components/responses/BadRequest"},
            "405": {"$ref": "#/components/responses/MethodNotAllowed"},
            "413": {"$ref": "#/components/responses/TooLarge"},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "500": {"$ref": "#/components/responses/Internal"},
            "503": {"$ref": "#/components/responses/Unavailable"}
          }
        },
        "head": {
          "operationId": "openapiHead",
          "summary": "This document. Without the body.",
          "responses": {
            "200": {"description": "This document. Without the body."},
            "400": {"description": "A header was refused."},
            "413": {"description": "The method needs no body."},
            "414": {"$ref": "#/components/responses/TargetTooLong"},
            "431": {"$ref": "#/components/responses/HeadersTooLarge"},
            "503": {
              "description": "As for GET.",
              "headers": {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
            }
          }
        }
      }
    """#
