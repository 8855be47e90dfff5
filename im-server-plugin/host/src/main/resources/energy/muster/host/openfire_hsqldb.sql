-- SPDX-License-Identifier: Apache-2.0
-- The tables of Openfire 4.2.0 (its schema version 26) on HSQLDB. Names and columns are what the server's
-- statements use; times are milliseconds since 1970 as text of 15 digits, yes and no are 1 and 0.
-- What grows with use is CACHED, so that it stays on disk instead of in memory.

-- Versions, counters and settings

CREATE TABLE IF NOT EXISTS ofVersion (
  name VARCHAR(50) NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (name)
);

CREATE TABLE IF NOT EXISTS ofID (
  idType INTEGER NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (idType)
);

CREATE TABLE IF NOT EXISTS ofProperty (
  name VARCHAR(100) NOT NULL,
  propValue LONGVARCHAR NOT NULL,
  encrypted INTEGER,
  PRIMARY KEY (name)
);

-- Accounts, of which only SCRAM keys are kept, never a password that can be read back

CREATE TABLE IF NOT EXISTS ofUser (
  username VARCHAR(64) NOT NULL,
  storedKey VARCHAR(32),
  serverKey VARCHAR(32),
  salt VARCHAR(32),
  iterations INTEGER,
  plainPassword VARCHAR(32),
  encryptedPassword VARCHAR(255),
  name VARCHAR(100),
  email VARCHAR(100),
  creationDate VARCHAR(15) NOT NULL,
  modificationDate VARCHAR(15) NOT NULL,
  PRIMARY KEY (username)
);
CREATE INDEX IF NOT EXISTS ofUser_creationDate_idx ON ofUser (creationDate);

CREATE TABLE IF NOT EXISTS ofUserProp (
  username VARCHAR(64) NOT NULL,
  name VARCHAR(100) NOT NULL,
  propValue LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, name)
);

CREATE TABLE IF NOT EXISTS ofUserFlag (
  username VARCHAR(64) NOT NULL,
  name VARCHAR(100) NOT NULL,
  startTime VARCHAR(15),
  endTime VARCHAR(15),
  PRIMARY KEY (username, name)
);

CREATE TABLE IF NOT EXISTS ofPresence (
  username VARCHAR(64) NOT NULL,
  offlinePresence LONGVARCHAR,
  offlineDate VARCHAR(15) NOT NULL,
  PRIMARY KEY (username)
);

CREATE TABLE IF NOT EXISTS ofPrivate (
  username VARCHAR(64) NOT NULL,
  name VARCHAR(100) NOT NULL,
  namespace VARCHAR(200) NOT NULL,
  privateData LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, name, namespace)
);

CREATE TABLE IF NOT EXISTS ofPrivacyList (
  username VARCHAR(64) NOT NULL,
  name VARCHAR(100) NOT NULL,
  isDefault INTEGER NOT NULL,
  list LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, name)
);
CREATE INDEX IF NOT EXISTS ofPrivacyList_isDefault_idx ON ofPrivacyList (isDefault);

CREATE CACHED TABLE IF NOT EXISTS ofVCard (
  username VARCHAR(64) NOT NULL,
  vcard LONGVARCHAR NOT NULL,
  PRIMARY KEY (username)
);

CREATE CACHED TABLE IF NOT EXISTS ofOffline (
  username VARCHAR(64) NOT NULL,
  messageID BIGINT NOT NULL,
  creationDate VARCHAR(15) NOT NULL,
  messageSize INTEGER NOT NULL,
  stanza LONGVARCHAR NOT NULL,
  PRIMARY KEY (username, messageID)
);

-- Contacts and groups

CREATE TABLE IF NOT EXISTS ofRoster (
  rosterID BIGINT NOT NULL,
  username VARCHAR(64) NOT NULL,
  jid VARCHAR(1024) NOT NULL,
  sub INTEGER NOT NULL,
  ask INTEGER NOT NULL,
  recv INTEGER NOT NULL,
  nick VARCHAR(255),
  PRIMARY KEY (rosterID)
);
CREATE INDEX IF NOT EXISTS ofRoster_username_idx ON ofRoster (username);
CREATE INDEX IF NOT EXISTS ofRoster_jid_idx ON ofRoster (jid);

CREATE TABLE IF NOT EXISTS ofRosterGroups (
  rosterID BIGINT NOT NULL,
  rank INTEGER NOT NULL,
  groupName VARCHAR(255) NOT NULL,
  PRIMARY KEY (rosterID, rank)
);

CREATE TABLE IF NOT EXISTS ofGroup (
  groupName VARCHAR(50) NOT NULL,
  description VARCHAR(255),
  PRIMARY KEY (groupName)
);

CREATE TABLE IF NOT EXISTS ofGroupProp (
  groupName VARCHAR(50) NOT NULL,
  name VARCHAR(100) NOT NULL,
  propValue LONGVARCHAR NOT NULL,
  PRIMARY KEY (groupName, name)
);

CREATE TABLE IF NOT EXISTS ofGroupUser (
  groupName VARCHAR(50) NOT NULL,
  username VARCHAR(100) NOT NULL,
  administrator INTEGER NOT NULL,
  PRIMARY KEY (groupName, username, administrator)
);

-- Who else may connect: nobody, but the server reads these when it starts

CREATE TABLE IF NOT EXISTS ofExtComponentConf (
  subdomain VARCHAR(255) NOT NULL,
  wildcard INTEGER NOT NULL,
  secret VARCHAR(255),
  permission VARCHAR(10) NOT NULL,
  PRIMARY KEY (subdomain)
);

CREATE TABLE IF NOT EXISTS ofRemoteServerConf (
  xmppDomain VARCHAR(255) NOT NULL,
  remotePort INTEGER,
  permission VARCHAR(10) NOT NULL,
  PRIMARY KEY (xmppDomain)
);

CREATE CACHED TABLE IF NOT EXISTS ofSecurityAuditLog (
  msgID BIGINT NOT NULL,
  username VARCHAR(64) NOT NULL,
  entryStamp BIGINT NOT NULL,
  summary VARCHAR(255) NOT NULL,
  node VARCHAR(255) NOT NULL,
  details LONGVARCHAR,
  PRIMARY KEY (msgID)
);
CREATE INDEX IF NOT EXISTS ofSecurityAuditLog_entryStamp_idx ON ofSecurityAuditLog (entryStamp);
CREATE INDEX IF NOT EXISTS ofSecurityAuditLog_username_idx ON ofSecurityAuditLog (username);

-- Group chat

CREATE TABLE IF NOT EXISTS ofMucService (
  serviceID BIGINT NOT NULL,
  subdomain VARCHAR(255) NOT NULL,
  description VARCHAR(255),
  isHidden INTEGER NOT NULL,
  PRIMARY KEY (subdomain)
);
CREATE INDEX IF NOT EXISTS ofMucService_serviceID_idx ON ofMucService (serviceID);

CREATE TABLE IF NOT EXISTS ofMucServiceProp (
  serviceID BIGINT NOT NULL,
  name VARCHAR(100) NOT NULL,
  propValue LONGVARCHAR NOT NULL,
  PRIMARY KEY (serviceID, name)
);

CREATE TABLE IF NOT EXISTS ofMucRoom (
  serviceID BIGINT NOT NULL,
  roomID BIGINT NOT NULL,
  creationDate VARCHAR(15) NOT NULL,
  modificationDate VARCHAR(15) NOT NULL,
  name VARCHAR(50) NOT NULL,
  naturalName VARCHAR(255) NOT NULL,
  description VARCHAR(255),
  lockedDate VARCHAR(15) NOT NULL,
  emptyDate VARCHAR(15),
  canChangeSubject INTEGER NOT NULL,
  maxUsers INTEGER NOT NULL,
  publicRoom INTEGER NOT NULL,
  moderated INTEGER NOT NULL,
  membersOnly INTEGER NOT NULL,
  canInvite INTEGER NOT NULL,
  roomPassword VARCHAR(50),
  canDiscoverJID INTEGER NOT NULL,
  logEnabled INTEGER NOT NULL,
  subject VARCHAR(100),
  rolesToBroadcast INTEGER NOT NULL,
  useReservedNick INTEGER NOT NULL,
  canChangeNick INTEGER NOT NULL,
  canRegister INTEGER NOT NULL,
  allowpm INTEGER,
  PRIMARY KEY (serviceID, name)
);
CREATE INDEX IF NOT EXISTS ofMucRoom_roomID_idx ON ofMucRoom (roomID);

CREATE TABLE IF NOT EXISTS ofMucRoomProp (
  roomID BIGINT NOT NULL,
  name VARCHAR(100) NOT NULL,
  propValue LONGVARCHAR NOT NULL,
  PRIMARY KEY (roomID, name)
);

CREATE TABLE IF NOT EXISTS ofMucAffiliation (
  roomID BIGINT NOT NULL,
  jid VARCHAR(1024) NOT NULL,
  affiliation INTEGER NOT NULL,
  PRIMARY KEY (roomID, jid)
);

CREATE TABLE IF NOT EXISTS ofMucMember (
  roomID BIGINT NOT NULL,
  jid VARCHAR(1024) NOT NULL,
  nickname VARCHAR(255),
  firstName VARCHAR(100),
  lastName VARCHAR(100),
  url VARCHAR(100),
  email VARCHAR(100),
  faqentry VARCHAR(100),
  PRIMARY KEY (roomID, jid)
);

CREATE CACHED TABLE IF NOT EXISTS ofMucConversationLog (
  roomID BIGINT NOT NULL,
  messageID BIGINT NOT NULL,
  sender VARCHAR(1024) NOT NULL,
  nickname VARCHAR(255),
  logTime VARCHAR(15) NOT NULL,
  subject VARCHAR(255),
  body LONGVARCHAR,
  stanza LONGVARCHAR
);
CREATE INDEX IF NOT EXISTS ofMucConversationLog_logTime_idx ON ofMucConversationLog (logTime);
CREATE INDEX IF NOT EXISTS ofMucConversationLog_messageID_idx ON ofMucConversationLog (messageID);

-- Publish and subscribe

CREATE TABLE IF NOT EXISTS ofPubsubNode (
  serviceID VARCHAR(100) NOT NULL,
  nodeID VARCHAR(100) NOT NULL,
  leaf INTEGER NOT NULL,
  creationDate VARCHAR(15) NOT NULL,
  modificationDate VARCHAR(15) NOT NULL,
  parent VARCHAR(100),
  deliverPayloads INTEGER NOT NULL,
  maxPayloadSize INTEGER NOT NULL,
  persistItems INTEGER NOT NULL,
  maxItems INTEGER NOT NULL,
  notifyConfigChanges INTEGER NOT NULL,
  notifyDelete INTEGER NOT NULL,
  notifyRetract INTEGER NOT NULL,
  presenceBased INTEGER NOT NULL,
  sendItemSubscribe INTEGER NOT NULL,
  publisherModel VARCHAR(15) NOT NULL,
  subscriptionEnabled INTEGER NOT NULL,
  configSubscription INTEGER NOT NULL,
  accessModel VARCHAR(10) NOT NULL,
  payloadType VARCHAR(100),
  bodyXSLT VARCHAR(100),
  dataformXSLT VARCHAR(100),
  creator VARCHAR(1024) NOT NULL,
  description VARCHAR(255),
  language VARCHAR(255),
  name VARCHAR(50),
  replyPolicy VARCHAR(15),
  associationPolicy VARCHAR(15),
  maxLeafNodes INTEGER,
  PRIMARY KEY (serviceID, nodeID)
);

CREATE TABLE IF NOT EXISTS ofPubsubNodeJIDs (
  serviceID VARCHAR(100) NOT NULL,
  nodeID VARCHAR(100) NOT NULL,
  jid VARCHAR(1024) NOT NULL,
  associationType VARCHAR(20) NOT NULL,
  PRIMARY KEY (serviceID, nodeID, jid)
);

CREATE TABLE IF NOT EXISTS ofPubsubNodeGroups (
  serviceID VARCHAR(100) NOT NULL,
  nodeID VARCHAR(100) NOT NULL,
  rosterGroup VARCHAR(100) NOT NULL
);
CREATE INDEX IF NOT EXISTS ofPubsubNodeGroups_serviceID_idx ON ofPubsubNodeGroups (serviceID, nodeID);

CREATE TABLE IF NOT EXISTS ofPubsubAffiliation (
  serviceID VARCHAR(100) NOT NULL,
  nodeID VARCHAR(100) NOT NULL,
  jid VARCHAR(1024) NOT NULL,
  affiliation VARCHAR(10) NOT NULL,
  PRIMARY KEY (serviceID, nodeID, jid)
);

CREATE CACHED TABLE IF NOT EXISTS ofPubsubItem (
  serviceID VARCHAR(100) NOT NULL,
  nodeID VARCHAR(100) NOT NULL,
  id VARCHAR(100) NOT NULL,
  jid VARCHAR(1024) NOT NULL,
  creationDate VARCHAR(15) NOT NULL,
  payload LONGVARCHAR,
  PRIMARY KEY (serviceID, nodeID, id)
);

CREATE TABLE IF NOT EXISTS ofPubsubSubscription (
  serviceID VARCHAR(100) NOT NULL,
  nodeID VARCHAR(100) NOT NULL,
  id VARCHAR(100) NOT NULL,
  jid VARCHAR(1024) NOT NULL,
  owner VARCHAR(1024) NOT NULL,
  state VARCHAR(15) NOT NULL,
  deliver INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  digest_frequency INTEGER NOT NULL,
  expire VARCHAR(15),
  includeBody INTEGER NOT NULL,
  showValues VARCHAR(30),
  subscriptionType VARCHAR(10) NOT NULL,
  subscriptionDepth INTEGER NOT NULL,
  keyword VARCHAR(200),
  PRIMARY KEY (serviceID, nodeID, id)
);

CREATE TABLE IF NOT EXISTS ofPubsubDefaultConf (
  serviceID VARCHAR(100) NOT NULL,
  leaf INTEGER NOT NULL,
  deliverPayloads INTEGER NOT NULL,
  maxPayloadSize INTEGER NOT NULL,
  persistItems INTEGER NOT NULL,
  maxItems INTEGER NOT NULL,
  notifyConfigChanges INTEGER NOT NULL,
  notifyDelete INTEGER NOT NULL,
  notifyRetract INTEGER NOT NULL,
  presenceBased INTEGER NOT NULL,
  sendItemSubscribe INTEGER NOT NULL,
  publisherModel VARCHAR(15) NOT NULL,
  subscriptionEnabled INTEGER NOT NULL,
  accessModel VARCHAR(10) NOT NULL,
  language VARCHAR(255),
  replyPolicy VARCHAR(15),
  associationPolicy VARCHAR(15) NOT NULL,
  maxLeafNodes INTEGER NOT NULL,
  PRIMARY KEY (serviceID, leaf)
);

-- Last, so that a script cut short by a kill is run again as a whole.
INSERT INTO ofVersion (name, version) VALUES ('openfire', 26);
