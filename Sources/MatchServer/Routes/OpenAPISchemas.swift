/// The schemas of bodies and replies; closes the components.
let openAPISchemas = #"""
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
            "snapshot": {"$ref": "#/components/schemas/Snapshot"},
            "explanation": {
              "allOf": [{"$ref": "#/components/schemas/Explanation"}],
              "description": "Only with explain=true."
            }
          }
        },
        "Snapshot": {
          "type": "object",
          "description": "The state of the records that the reply was made of.",
          "required": ["rows", "position"],
          "properties": {"rows": {"type": "integer", "minimum": 0}, "position": {"type": "string"}}
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
