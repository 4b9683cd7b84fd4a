/// The schemas of the evidence that `explain=true` adds, further members of the object of schemas.
let openAPIEvidence = #"""
    "Explanation": {
      "type": "object",
      "description": "The evidence of a decision, for whoever keeps the records: it shows records that were not the answer.",
      "required": ["rule", "facility", "reason", "ranking", "request", "steps"],
      "properties": {
        "rule": {"type": "string", "description": "The profile; followed by 'steps from the file' where they are."},
        "facility": {"type": "string"},
        "reason": {"type": "string"},
        "ranking": {
          "type": ["object", "null"],
          "description": "By how much the first of several persons is ahead of the second; null where there was nothing to rank.",
          "required": ["persons", "identifiersAhead", "nameMargin", "nameMarginMin"],
          "properties": {
            "persons": {"type": "integer", "minimum": 2},
            "identifiersAhead": {"type": "integer", "minimum": 0},
            "nameMargin": {"type": "integer", "minimum": -1000, "maximum": 1000},
            "nameMarginMin": {"type": "integer", "minimum": 1, "maximum": 1000}
          }
        },
        "request": {
          "type": "object",
          "required": ["name", "gender", "yearOfBirth", "verified", "unverified", "unusableIdentifiers"],
          "properties": {
            "name": {"type": "string", "description": "Folded."},
            "gender": {"type": "string"},
            "yearOfBirth": {"type": ["integer", "null"]},
            "verified": {"$ref": "#/components/schemas/IdentifierKinds"},
            "unverified": {"$ref": "#/components/schemas/IdentifierKinds"},
            "unusableIdentifiers": {"type": "integer", "minimum": 0}
          }
        },
        "steps": {
          "type": "array",
          "description": "The steps of the rule that were taken.",
          "items": {
            "type": "object",
            "required": ["name", "keys", "candidates"],
            "properties": {
              "name": {"type": "string"},
              "keys": {"$ref": "#/components/schemas/IdentifierKinds"},
              "candidates": {"type": "array", "items": {"$ref": "#/components/schemas/Candidate"}}
            }
          }
        }
      }
    },
    "IdentifierKinds": {
      "type": "array",
      "items": {"type": "string", "enum": ["abhaAddress", "abhaNumber", "mobile", "medicalRecord", "other"]}
    },
    "FieldVerdict": {"type": "string", "enum": ["agrees", "differs", "missing", "ignored"]},
    "FieldPolicy": {"type": "string", "enum": ["mustAgree", "mayBeMissing", "mayBeMissingInRequest", "ignored"]},
    "Candidate": {
      "type": "object",
      "required": ["referenceNumber", "reachedBy", "identifiersAgreeing", "identifiersFulfilled", "gender", "yearOfBirth", "name", "passes", "matched"],
      "properties": {
        "referenceNumber": {"type": "string"},
        "reachedBy": {"$ref": "#/components/schemas/IdentifierKinds"},
        "identifiersAgreeing": {"$ref": "#/components/schemas/IdentifierKinds"},
        "identifiersFulfilled": {"type": "boolean"},
        "gender": {
          "type": "object",
          "required": ["verdict", "record", "policy"],
          "properties": {
            "verdict": {"$ref": "#/components/schemas/FieldVerdict"},
            "record": {"type": "string"},
            "policy": {"$ref": "#/components/schemas/FieldPolicy"}
          }
        },
        "yearOfBirth": {
          "type": "object",
          "required": ["verdict", "record", "difference", "tolerance", "policy"],
          "properties": {
            "verdict": {"$ref": "#/components/schemas/FieldVerdict"},
            "record": {"type": ["integer", "null"]},
            "difference": {"type": "integer", "minimum": 0},
            "tolerance": {"type": "integer", "minimum": 0},
            "policy": {"$ref": "#/components/schemas/FieldPolicy"}
          }
        },
        "name": {"$ref": "#/components/schemas/NameEvidence"},
        "passes": {"type": "boolean"},
        "matched": {"type": "boolean"}
      }
    },
    "NameEvidence": {
      "type": "object",
      "required": ["verdict", "request", "record", "distance", "limit", "score", "scoreMin", "scoreMinInHousehold", "policy", "contributions", "tokens", "unpaired"],
      "properties": {
        "verdict": {"$ref": "#/components/schemas/FieldVerdict"},
        "request": {"type": "string", "description": "Folded, an alias and a relative behind the name."},
        "record": {"type": "string", "description": "Folded, an alias and a relative behind the name."},
        "distance": {"type": "integer", "minimum": 0},
        "limit": {"type": "integer", "minimum": 0},
        "score": {"type": "integer", "minimum": 0, "maximum": 1000},
        "scoreMin": {"type": "integer", "minimum": 0, "maximum": 1000},
        "scoreMinInHousehold": {"type": "integer", "minimum": 0, "maximum": 1000},
        "policy": {"$ref": "#/components/schemas/FieldPolicy"},
        "contributions": {
          "type": "object",
          "description": "Points; their sum is the score.",
          "required": ["tokens", "given", "missing", "conflict", "relative", "bounds"],
          "properties": {
            "tokens": {"type": "integer"}, "given": {"type": "integer"}, "missing": {"type": "integer"},
            "conflict": {"type": "integer"}, "relative": {"type": "integer"}, "bounds": {"type": "integer"}
          }
        },
        "tokens": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["request", "record", "agreement", "distance", "limit", "certainty", "weight"],
            "properties": {
              "request": {"type": "string"},
              "record": {"type": "string"},
              "agreement": {"type": "string", "enum": ["equal", "typo", "initial", "joined", "sound", "variant", "relative"]},
              "distance": {"type": "integer", "minimum": 0},
              "limit": {"type": "integer", "minimum": 0},
              "certainty": {"type": "integer", "minimum": 0, "maximum": 1000},
              "weight": {"type": "integer", "minimum": 0}
            }
          }
        },
        "unpaired": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["side", "token", "role"],
            "properties": {
              "side": {"type": "string", "enum": ["request", "record"]},
              "token": {"type": "string"},
              "role": {"type": "string", "enum": ["filler", "initial", "surname", "middle", "given"]}
            }
          }
        }
      }
    }
    """#
