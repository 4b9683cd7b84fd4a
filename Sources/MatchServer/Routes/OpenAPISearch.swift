/// The schemas of searches by name, further members of the object of schemas.
let openAPISearch = #"""
    "SearchRequest": {
      "type": "object",
      "description": "Null counts as missing. Members that are not listed are refused.",
      "required": ["name"],
      "additionalProperties": false,
      "properties": {
        "name": {"type": "string", "minLength": 1, "description": "As written, in any script; at most 512 bytes."},
        "gender": {"type": ["string", "null"], "description": "M, F, O, T or their words. Records without a gender are searched too."},
        "yearOfBirth": {
          "type": ["integer", "string", "null"],
          "description": "Two years more or less are searched, and records without a birth year."
        },
        "district": {"type": ["string", "null"], "description": "Only records of this district, in any script and case."},
        "limit": {"type": ["integer", "null"], "minimum": 1, "maximum": 100, "default": 10},
        "scoreMin": {"type": ["integer", "null"], "minimum": 0, "maximum": 1000, "default": 500}
      }
    },
    "SearchReply": {
      "type": "object",
      "required": ["patients", "complete", "rowsSearched", "snapshot"],
      "properties": {
        "patients": {
          "type": "array",
          "description": "The best first: by score, then by birth year and gender, then by reference.",
          "items": {"$ref": "#/components/schemas/FoundPatient"}
        },
        "complete": {"type": "boolean", "description": "False where more records agree than are listed, or more names are as near as can be compared."},
        "rowsSearched": {"type": "integer", "minimum": 0},
        "snapshot": {"$ref": "#/components/schemas/Snapshot"}
      }
    },
    "FoundPatient": {
      "type": "object",
      "required": ["referenceNumber", "name", "gender", "yearOfBirth", "district", "score", "evidence"],
      "properties": {
        "referenceNumber": {"type": "string"},
        "name": {"type": "string", "description": "Folded, an alias and a relative behind the name."},
        "gender": {"type": "string"},
        "yearOfBirth": {"type": ["integer", "null"]},
        "district": {"type": ["string", "null"], "description": "Folded."},
        "score": {"type": "integer", "minimum": 0, "maximum": 1000},
        "evidence": {
          "type": "object",
          "required": ["contributions", "tokens", "unpaired"],
          "properties": {
            "contributions": {"$ref": "#/components/schemas/NameEvidence/properties/contributions"},
            "tokens": {"$ref": "#/components/schemas/NameEvidence/properties/tokens"},
            "unpaired": {"$ref": "#/components/schemas/NameEvidence/properties/unpaired"}
          }
        }
      }
    }
    """#
