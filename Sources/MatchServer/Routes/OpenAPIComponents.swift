/// The schemas, parameters, headers and replies that the paths refer to.
let openAPIComponents = #"""
    {
      "parameters": {
        "Facility": {
          "name": "X-HIP-ID",
          "in": "header",
          "required": false,
          "description": "The facility that is asked; the server's default without it. Where the server has a list of facilities, any other is answered 400.",
          "schema": {"type": "string"}
        },
        "RequestID": {
          "name": "REQUEST-ID",
          "in": "header",
          "required": false,
          "description": "The request id of a v3 body, which has none of its own.",
          "schema": {"type": "string"}
        },
        "Explain": {
          "name": "explain",
          "in": "query",
          "required": false,
          "description": "Whether to add the evidence.",
          "schema": {"type": "boolean", "default": false}
        }
      },
      "headers": {
        "RetryAfter": {"description": "Seconds until it is worth trying again.", "schema": {"type": "integer"}},
        "Allow": {"description": "The methods that the path answers.", "schema": {"type": "string"}}
      },
      "responses": {
        "BadRequest": {
          "description": "The body, a header or the query was refused; the message names which.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}}
        },
        "NotFound": {
          "description": "No such path.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}}
        },
        "MethodNotAllowed": {
          "description": "The path does not answer this method.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}},
          "headers": {"Allow": {"$ref": "#/components/headers/Allow"}}
        },
        "TooLarge": {
          "description": "The body is larger than the server accepts. The connection may be closed.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}}
        },
        "UnsupportedMediaType": {
          "description": "The Content-Type is not one of those accepted, its charset is not UTF-8, or the body has a Content-Encoding.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}}
        },
        "TargetTooLong": {
          "description": "The request line is too long. The connection is closed, and the body is not an ErrorReply."
        },
        "HeadersTooLarge": {
          "description": "The headers are too large. The connection is closed, and the body is not an ErrorReply."
        },
        "Internal": {
          "description": "The server failed.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}}
        },
        "Unavailable": {
          "description": "No patients are loaded yet, the server is going down, or there are too many connections or large bodies at one time.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorReply"}}},
          "headers": {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
        }
      },
      "schemas": {

    """# + openAPIEvidence + #"""
        ,
        "Identifier": {
          "type": "object",
          "required": ["type"],
          "properties": {
            "type": {
              "type": "string",
              "description": "v0.5: MR, MOBILE, NDHM_HEALTH_NUMBER, HEALTH_ID; v3: MR, MOBILE, ABHA_NUMBER, ABHA_ADDRESS."
            },
            "value": {
              "type": ["string", "null"],
              "description": "At most 256 bytes. An identifier without a value says nothing."
            }
          }
        },
        "DiscoverRequest": {
          "type": "object",
          "description": "The v0.5 or v3 care-context discover body as ABDM sends it. Null counts as missing. Members that are not listed are ignored.",
          "required": ["transactionId", "patient"],
          "properties": {
            "requestId": {
              "type": ["string", "null"],
              "description": "v0.5 only; v3 has it in the header REQUEST-ID."
            },
            "timestamp": {"type": ["string", "null"]},
            "transactionId": {"type": "string", "minLength": 1, "description": "At most 256 bytes."},
            "patient": {
              "type": "object",
              "required": ["id", "name", "gender"],
              "properties": {
                "id": {"type": "string", "minLength": 1, "description": "The ABHA address, at most 256 bytes."},
                "verifiedIdentifiers": {"type": ["array", "null"], "maxItems": 64, "items": {"$ref": "#/components/schemas/Identifier"}},
                "unverifiedIdentifiers": {"type": ["array", "null"], "maxItems": 64, "items": {"$ref": "#/components/schemas/Identifier"}},
                "name": {"type": "string", "description": "May be empty; at most 512 bytes."},
                "gender": {"type": "string", "description": "M, F, O, T or U; any other text is not stated."},
                "yearOfBirth": {"type": ["integer", "string", "null"]}
              }
            }
          }
        },
        "CareContext": {
          "type": "object",
          "required": ["referenceNumber", "display"],
          "properties": {"referenceNumber": {"type": "string"}, "display": {"type": "string"}}
        },
        "MatchedPatient": {
          "type": "object",
          "required": ["referenceNumber", "display", "careContexts", "matchedBy"],
          "properties": {
            "referenceNumber": {"type": "string"},
            "display": {"type": "string"},
            "careContexts": {"type": "array", "items": {"$ref": "#/components/schemas/CareContext"}},
            "matchedBy": {
              "type": "array",
              "items": {
                "type": "string",
                "enum": ["MR", "MOBILE", "NDHM_HEALTH_NUMBER", "HEALTH_ID", "ABHA_NUMBER", "ABHA_ADDRESS"]
              }
            }
          }
        },
        "Error": {
          "type": "object",
          "required": ["code", "message"],
          "properties": {
            "code": {
              "type": "integer",
              "description": "3400 for the client's faults, 3500 for the server's; in decisions 3404 for none, 3403 for several, 3400 without a verified identifier."
            },
            "message": {"type": "string", "description": "Names the field or header, never its value."}
          }
        },
        "ErrorReply": {
          "type": "object",
          "required": ["error"],
          "properties": {
            "requestId": {"type": ["string", "null"]},
            "transactionId": {"type": ["string", "null"]},
            "error": {"$ref": "#/components/schemas/Error"}
          }
        },
        "Decision": {
          "type": "object",
          "required": ["requestId", "transactionId", "outcome", "snapshot"],
          "properties": {
            "requestId": {"type": ["string", "null"]},
            "transactionId": {"type": ["string", "null"]},
            "outcome": {
              "type": "string",
              "enum": ["match", "ambiguous", "noMatch", "noVerifiedIdentifier", "tooManyCandidates"]
            },
            "patient": {
              "allOf": [{"$ref": "#/components/schemas/MatchedPatient"}],
              "description": "Only with the outcome match."
            },
            "error": {
              "allOf": [{"$ref": "#/components/schemas/Error"}],
              "description": "With every other outcome."
            },
            "snapshot": {
              "type": "object",
              "required": ["rows", "position"],
              "properties": {"rows": {"type": "integer", "minimum": 0}, "position": {"type": "string"}}
            },
            "explanation": {
              "allOf": [{"$ref": "#/components/schemas/Explanation"}],
              "description": "Only with explain=true."
            }
          }
        },
        "Health": {
          "type": "object",
          "required": ["status"],
          "properties": {"status": {"type": "string", "const": "ok"}}
        },
        "Readiness": {
          "type": "object",
          "required": ["status", "rows"],
          "properties": {
            "status": {"type": "string", "const": "ready"},
            "rows": {
              "type": "integer",
              "minimum": 0,
              "description": "Patient records in the present snapshot."
            }
          }
        }
      }
    }
    """#
