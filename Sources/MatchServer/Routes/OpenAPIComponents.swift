/// The parameters, headers and replies that the paths refer to; closed by the schemas behind it.
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
    """#
